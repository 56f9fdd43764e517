"""Everything that changes comments: writing, moderating, telling, and going with their page."""
