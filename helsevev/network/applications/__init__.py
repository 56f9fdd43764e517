"""Rounds, calls and applications (tildelingsrunder, utlysninger og søknader)."""
