"""Meetings (møteplasser): what the network calls everyone to, who comes, and what remains of it."""
