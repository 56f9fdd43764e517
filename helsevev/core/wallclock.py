"""Times as people agree on them (veggklokke): a day, a time of day and the zone whose clocks are meant. Pure.

A meeting at ten stays at ten when clocks change. So what is kept is what was agreed, and the moment is worked out from
it when it is needed. Twice a year the two don't match: an hour in spring doesn't exist, and an hour in autumn comes
twice. Such a time is refused with the reason, so that nobody has to guess.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, available_timezones

from helsevev.core.words import Refusal, Refused, gettext_noop

NORWAY = "Europe/Oslo"
LONGEST_MINUTES = 12 * 60


class Why(StrEnum):
    """Why an agreed time names no moment."""

    NO_ZONE = gettext_noop("'%(zone)s' is not a time zone.")
    SKIPPED = gettext_noop(
        "%(time)s doesn't exist on %(day)s, because clocks go forward that night. Choose another time."
    )
    TWICE = gettext_noop("%(time)s comes twice on %(day)s, because clocks go back that night. Choose another time.")
    LENGTH = gettext_noop("A session lasts from 5 minutes to 12 hours.")


@dataclass(frozen=True)
class Agreed:
    """A time that people have agreed on (avtalt tid)."""

    day: date
    at: time
    minutes: int
    zone: str = NORWAY

    @property
    def starts(self) -> datetime:
        """When it starts, as the zone's clocks show it."""
        return datetime.combine(self.day, self.at, ZoneInfo(self.zone))

    @property
    def ends(self) -> datetime:
        """When it ends: so many minutes later, also when clocks change meanwhile."""
        later = self.starts.astimezone(UTC) + timedelta(minutes=self.minutes)
        return later.astimezone(ZoneInfo(self.zone))

    @property
    def moment(self) -> datetime:
        """The moment when it starts."""
        return self.starts.astimezone(UTC)


def agree(day: date, at: time, minutes: int, zone: str = NORWAY) -> Agreed:
    """A time that names one moment; refused where it names none, or two."""
    if zone not in available_timezones():
        raise Refused(Refusal(Why.NO_ZONE, {"zone": zone[:40]}))
    if not 5 <= minutes <= LONGEST_MINUTES:
        raise Refused(Refusal(Why.LENGTH))
    found = Agreed(day, at.replace(second=0, microsecond=0, tzinfo=None, fold=0), minutes, zone)
    first, second = found.starts, found.starts.replace(fold=1)
    said = {"time": f"{found.at:%H:%M}", "day": day.isoformat()}
    if first.utcoffset() != second.utcoffset():
        # In spring the clock never shows the time; in autumn it shows it twice.
        back = first.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        raise Refused(Refusal(Why.TWICE if back == first.replace(tzinfo=None) else Why.SKIPPED, said))
    return found
