"""Following the calls by e-mail (følge utlysninger): asked for, and confirmed by the address's owner. Pure."""

import hashlib
from datetime import datetime, timedelta

LINK_LIFE = timedelta(days=7)
# Asked twice within this time, one letter is enough.
PAUSE = timedelta(minutes=5)


def digest(token: str) -> str:
    """What is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_over(asked_at: datetime, now: datetime) -> bool:
    """Whether a link that was never used has stopped working."""
    return now - asked_at > LINK_LIFE


def is_too_soon(asked_at: datetime, now: datetime) -> bool:
    """Whether a letter was sent just now."""
    return now - asked_at < PAUSE
