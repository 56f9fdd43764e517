"""People (mennesker): organisations, persons, roles and how one signs in."""
