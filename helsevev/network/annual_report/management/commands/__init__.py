"""Subcommands of `helsevev`."""
