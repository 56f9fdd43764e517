"""Every change of pilots and their papers."""
