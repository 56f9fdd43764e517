"""Pages of the newsletter: the archive for everyone, one's own page, and the desk of those who write it."""
