"""Pages of rounds, calls and applications."""
