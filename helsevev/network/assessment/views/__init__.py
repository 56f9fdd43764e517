"""Pages between the deadline and the award."""
