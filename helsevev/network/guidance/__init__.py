"""Guidance (veiledning): engagements, the hours they have and use, and the sessions that come of them."""
