"""Hears when the desk publishes, takes down or moves a page, in the transaction in which it happens."""


def connect() -> None:
    """x."""
