"""A click noted: a keyed mark, which link, when, and whether a program made it. Nothing else of the request is kept."""

from datetime import UTC, datetime

from django.utils import timezone

from helsevev.core.newsletter import clicks
from helsevev.core.newsletter.clicks import Asked
from helsevev.network.newsletter.models import Click, Letter


def note(letter: Letter, link: int, token: str, method: str, agent: str, purpose: str) -> None:
    """Count a click, where its word is one of this letter's and the letter still counts."""
    word, _dot, stamp = token.partition(".")
    now, mark = timezone.now(), clicks.mark(letter.click_key, word)
    over = letter.began_at is None or now - letter.began_at > clicks.KEPT
    if not mark or over or letter.clicks.filter(mark=mark).count() >= clicks.MOST_OF_ONE:
        return
    asked = Asked(method, agent, purpose, _moment(stamp))
    machine = clicks.is_machine(asked, now)
    Click.objects.create(letter=letter, mark=mark, link=link, at=now, is_machine=machine)


def _moment(stamp: str) -> datetime | None:
    """When the letter was handed over, as it says itself."""
    try:
        return datetime.fromtimestamp(int(stamp, 36), UTC)
    except (ValueError, OverflowError, OSError):
        return None
