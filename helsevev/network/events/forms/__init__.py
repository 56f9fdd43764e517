"""What comes in about meetings."""
