"""Every change of rounds and applications."""
