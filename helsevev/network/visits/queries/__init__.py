"""Every question that this room asks."""
