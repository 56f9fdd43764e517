"""What comes in to the newsletter."""
