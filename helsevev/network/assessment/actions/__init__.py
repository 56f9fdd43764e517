"""Every change between the deadline and the award."""
