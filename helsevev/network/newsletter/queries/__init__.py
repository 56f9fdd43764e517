"""Every question that the newsletter asks."""
