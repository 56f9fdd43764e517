"""Every question asked of pages."""
