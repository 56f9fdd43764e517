"""Tags of the project's pages."""
