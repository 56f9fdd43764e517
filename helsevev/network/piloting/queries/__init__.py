"""Every question asked of pilots and their papers."""
