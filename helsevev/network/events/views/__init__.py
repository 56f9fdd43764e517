"""Pages of meetings: the calendar for everyone, one's own page, and the desk of those who keep them."""
