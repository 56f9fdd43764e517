"""Tags of the workspace."""
