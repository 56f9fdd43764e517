"""Initiatives (tiltak): the thread through the house, its parties, taxonomy, lineage and phase moves."""
