"""Dates and numbers as the readers of each language write them, where Django has another habit."""
