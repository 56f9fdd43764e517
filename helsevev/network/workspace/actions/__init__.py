"""Every change of the workspace."""
