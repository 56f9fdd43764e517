"""What comes in: the parts of a round, and what applicants send."""
