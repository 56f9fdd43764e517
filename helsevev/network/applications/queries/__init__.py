"""Every question asked of rounds and applications."""
