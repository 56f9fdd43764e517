"""Every question asked of meetings."""
