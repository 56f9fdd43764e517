"""Every change of accounts, roles, choices and registers."""
