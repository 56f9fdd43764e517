"""Every question that surveys ask of the database."""
