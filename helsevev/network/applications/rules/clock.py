"""Norwegian time (norsk tid): what a clock on a Norwegian wall shows, and the moment that it means. Pure.

Deadlines are written as people say them, and kept as moments. Twice a year the two don't match: an hour of the last
Sunday of March doesn't exist, and an hour of the last Sunday of October comes twice. Nobody should have to guess which
was meant, so such a time is refused with the reason.
"""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from helsevev.core.words import Refusal, Refused, gettext_noop

NORWAY = ZoneInfo("Europe/Oslo")
WRITTEN = "%Y-%m-%dT%H:%M"
EARLIEST, LATEST = datetime(2000, 1, 1), datetime(2199, 12, 31, 23, 59)  # noqa: DTZ001 - wall clocks have no zone


class Why(StrEnum):
    """Why a local time names no moment."""

    NOT_A_TIME = gettext_noop("'%(text)s' is not a time. Write a date and a time of day.")
    TOO_FAR = gettext_noop("The year must lie between 2000 and 2199.")
    SKIPPED = gettext_noop(
        "%(time)s doesn't exist on %(day)s: clocks go forward from 02:00 to 03:00 that night. Choose another time."
    )
    TWICE = gettext_noop(
        "%(time)s comes twice on %(day)s: clocks go back from 03:00 to 02:00 that night. Choose another time."
    )


def moment(local: datetime) -> datetime:
    """The moment (UTC) that a Norwegian wall clock's time means; refused where it means none, or two."""
    wall = local.replace(tzinfo=None, fold=0)
    if not EARLIEST <= wall <= LATEST:
        raise Refused(Refusal(Why.TOO_FAR))
    first, second = (_as_utc(wall, fold) for fold in (0, 1))
    said = {"time": f"{wall:%H:%M}", "day": f"{wall:%Y-%m-%d}"}
    if first == second:
        return first
    raise Refused(Refusal(Why.SKIPPED if _wall(first) != wall else Why.TWICE, said))


def read(text: str) -> datetime:
    """The moment that a text such as 2026-10-25T12:00 means."""
    try:
        wall = datetime.fromisoformat(text.strip()[:32])
    except ValueError as error:
        raise Refused(Refusal(Why.NOT_A_TIME, {"text": text[:40]})) from error
    return moment(wall)


def wall(at: datetime) -> datetime:
    """What a Norwegian wall clock shows at a moment."""
    return _wall(at)


def written(at: datetime | None) -> str:
    """A moment as a browser's own field for local times takes it."""
    return f"{_wall(at):{WRITTEN}}" if at else ""


def later(at: datetime, by: timedelta) -> datetime:
    """The same time of day so much later on the wall; an hour on where that time doesn't exist or comes twice."""
    aim = _wall(at) + by
    for hours in range(3):
        try:
            return moment(aim + timedelta(hours=hours))
        except Refused:
            continue
    return _as_utc(aim, 0)


def _as_utc(wall: datetime, fold: int) -> datetime:
    return wall.replace(tzinfo=NORWAY, fold=fold).astimezone(UTC)


def _wall(at: datetime) -> datetime:
    return at.astimezone(NORWAY).replace(tzinfo=None, fold=0)
