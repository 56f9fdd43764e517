"""Every question that operations ask: of the rooms, of the tables, of the installation's health."""
