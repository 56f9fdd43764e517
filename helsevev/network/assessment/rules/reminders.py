"""When assessors are reminded (påminnelse). Pure."""

from datetime import date

DAYS_BEFORE = (7, 2, 0)


def step(due: date, today: date) -> int | None:
    """Which reminder is due: the one for the fewest days that have come; None before the first and after the date."""
    left = (due - today).days
    if left < 0:
        return None
    return min((days for days in DAYS_BEFORE if left <= days), default=None)
