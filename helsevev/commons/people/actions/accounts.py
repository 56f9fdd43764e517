"""Every change of accounts, roles and choices."""
