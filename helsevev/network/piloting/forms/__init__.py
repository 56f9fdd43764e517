"""What comes in: protocols, counts, reviews, results and experiences."""
