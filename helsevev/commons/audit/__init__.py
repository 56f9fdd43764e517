"""Audit (sporet): the trail of decisions, which only grows."""
