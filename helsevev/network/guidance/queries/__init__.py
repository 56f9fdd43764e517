"""Every question asked of guidance."""
