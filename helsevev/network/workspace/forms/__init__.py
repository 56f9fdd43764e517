"""What comes in: rows, words, gates and guides."""
