"""Pages of pilots and experiences, in a project's working room."""
