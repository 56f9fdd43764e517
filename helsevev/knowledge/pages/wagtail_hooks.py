"""What the desk shows of ours beside Wagtail's own."""
