"""What stands around this room's pages: the desk's door, and the memory of open pages."""
