"""Every question asked of the workspace."""
