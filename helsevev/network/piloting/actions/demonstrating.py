"""What a demonstration shows of pilots."""


def demonstrate() -> bool:
    """Nothing yet."""
    return False
