"""The hour ledger (timeregnskap): dated lines that are only ever added, and what they come to.

Every amount is whole minutes. A line changes one of three columns: what is granted, what is planned, what is used. What
is left is always granted less used less planned, so there is nothing to keep in step. A mistake is put right by a new
line of the same kind that names the one it corrects; both stay. A line counts from the day it is written, and no line
is dated before the last one, so the balance on a past day never changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from helsevev.core.words import Refusal, Refused, gettext_noop

MOST_MINUTES = 10_000 * 60


class Kind(StrEnum):
    """What a line says (linjetype)."""

    GRANTED = "granted"
    EXTENDED = "extended"
    TRANSFERRED = "transferred"
    RETURNED = "returned"
    PLANNED = "planned"
    USED = "used"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.GRANTED: gettext_noop("Granted"),
    Kind.EXTENDED: gettext_noop("Extended"),
    Kind.TRANSFERRED: gettext_noop("Transferred"),
    Kind.RETURNED: gettext_noop("Returned"),
    Kind.PLANNED: gettext_noop("Planned"),
    Kind.USED: gettext_noop("Used"),
}


class Column(StrEnum):
    """What a line changes (kolonne)."""

    GRANTED = "granted"
    PLANNED = "planned"
    USED = "used"


COLUMN_OF: Mapping[Kind, Column] = {
    Kind.GRANTED: Column.GRANTED,
    Kind.EXTENDED: Column.GRANTED,
    Kind.TRANSFERRED: Column.GRANTED,
    Kind.RETURNED: Column.GRANTED,
    Kind.PLANNED: Column.PLANNED,
    Kind.USED: Column.USED,
}
# The sign that a line of a kind has when it corrects nothing; a transfer goes one way or the other.
SIGN_OF: Mapping[Kind, int] = {
    Kind.GRANTED: 1,
    Kind.EXTENDED: 1,
    Kind.TRANSFERRED: 0,
    Kind.RETURNED: -1,
    Kind.PLANNED: 1,
    Kind.USED: 1,
}
BOOKED = (Kind.PLANNED, Kind.USED)


class Purpose(StrEnum):
    """What the time is for (formål)."""

    PREPARATION = "preparation"
    MEETING = "meeting"
    WORKSHOP = "workshop"
    ANALYSIS = "analysis"
    TRAVEL = "travel"
    WRITING = "writing"


PURPOSE_NAMES: Mapping[Purpose, str] = {
    Purpose.PREPARATION: gettext_noop("Preparation"),
    Purpose.MEETING: gettext_noop("Meeting"),
    Purpose.WORKSHOP: gettext_noop("Workshop"),
    Purpose.ANALYSIS: gettext_noop("Analysis"),
    Purpose.TRAVEL: gettext_noop("Travel"),
    Purpose.WRITING: gettext_noop("Writing"),
}


class Why(StrEnum):
    """Why a line can't be written."""

    NOTHING = gettext_noop("A line needs some time, at least one minute.")
    TOO_MUCH = gettext_noop("A line can't be of more than 10,000 hours.")
    SIGN = gettext_noop("This kind of line can't have this sign. To put a line right, correct it.")
    NEEDS_PURPOSE = gettext_noop("Say what the time is for.")
    NO_PURPOSE = gettext_noop("Only planned and used time has a purpose.")
    NOT_THERE = gettext_noop("The line that this one corrects isn't in the ledger.")
    OTHER_KIND = gettext_noop("A correction is of the same kind as the line it corrects.")
    CORRECTS_CORRECTION = gettext_noop("Correct the line itself, not its correction.")
    MORE_THAN_ALL = gettext_noop("This takes away more than the line says, counted with its other corrections.")
    BELOW_ZERO = gettext_noop("This would leave less than nothing in a column of the ledger.")
    OVER = gettext_noop("Only %(left)s is left, and this takes %(over)s more. It needs the secretariat's yes.")
    NOT_LEFT = gettext_noop("Only %(left)s is left, so this much can't be given away.")
    TOO_EARLY = gettext_noop("The last line is of %(last)s. A line can't be dated before it.")


@dataclass(frozen=True)
class Line:
    """One line (linje). `minutes` is what it adds to its column, below zero where it takes away."""

    number: int
    kind: Kind
    minutes: int
    on: date
    purpose: Purpose | None = None
    corrects: int | None = None


@dataclass(frozen=True)
class Balance:
    """What the lines come to (saldo), in minutes."""

    granted: int = 0
    used: int = 0
    planned: int = 0

    @property
    def left(self) -> int:
        """What is neither used nor planned; below zero when more is booked than there is."""
        return self.granted - self.used - self.planned

    @property
    def unused(self) -> int:
        """What isn't used, planned or not."""
        return self.granted - self.used

    def plus(self, line: Line) -> "Balance":
        """With one line more."""
        column = COLUMN_OF[line.kind]
        return Balance(
            self.granted + (line.minutes if column is Column.GRANTED else 0),
            self.used + (line.minutes if column is Column.USED else 0),
            self.planned + (line.minutes if column is Column.PLANNED else 0),
        )


def balance(lines: Iterable[Line], on: date | None = None) -> Balance:
    """The balance at the end of a day; of all lines where no day is given."""
    found = Balance()
    for line in lines:
        if on is None or line.on <= on:
            found = found.plus(line)
    return found


def series(lines: Iterable[Line]) -> list[tuple[date, Balance]]:
    """The balance at the end of each day on which something was written, oldest first."""
    found: dict[date, Balance] = {}
    now = Balance()
    for line in sorted(lines, key=lambda one: one.number):
        now = now.plus(line)
        found[line.on] = now
    return sorted(found.items())


def refuse(standing: Sequence[Line], wanted: Sequence[Line], *, allowed_over: bool = False) -> list[Refusal]:
    """Why these lines can't be added together to what stands; an empty list when they can.

    They are one entry: a plan that becomes use is taken from the plan and put to use in the same breath.
    `allowed_over`: the secretariat has said yes to booking more than is left.
    """
    found = [refusal for line in wanted for refusal in _alone(line)]
    found += [refusal for line in wanted if (refusal := _correction(standing, line)) is not None]
    if standing and any(line.on < standing[-1].on for line in wanted):
        found.append(Refusal(Why.TOO_EARLY, {"last": standing[-1].on.isoformat()}))
    if found:
        return found
    before, after = balance(standing), balance((*standing, *wanted))
    if min(after.granted, after.used, after.planned) < 0:
        return [Refusal(Why.BELOW_ZERO)]
    if after.left >= 0 or after.left >= before.left or allowed_over:
        return []
    if any(line.kind in BOOKED and line.minutes > 0 for line in wanted):
        return [Refusal(Why.OVER, {"left": clock(max(before.left, 0)), "over": clock(_over(before, after))})]
    return [Refusal(Why.NOT_LEFT, {"left": clock(max(before.left, 0))})]


def _over(before: Balance, after: Balance) -> int:
    """How much of what is booked now lies past the balance."""
    return min(-after.left, before.left - after.left)


def over(standing: Sequence[Line], wanted: Sequence[Line]) -> int:
    """How many of the wanted minutes lie past what is left."""
    before, after = balance(standing), balance((*standing, *wanted))
    return max(_over(before, after), 0) if after.left < 0 else 0


def _alone(line: Line) -> list[Refusal]:
    """What is wrong with a line whatever the others say."""
    if line.minutes == 0:
        return [Refusal(Why.NOTHING)]
    if abs(line.minutes) > MOST_MINUTES:
        return [Refusal(Why.TOO_MUCH)]
    sign = SIGN_OF[line.kind]
    if line.corrects is None and sign and (line.minutes > 0) != (sign > 0):
        return [Refusal(Why.SIGN)]
    if line.kind in BOOKED and line.purpose is None:
        return [Refusal(Why.NEEDS_PURPOSE)]
    if line.kind not in BOOKED and line.purpose is not None:
        return [Refusal(Why.NO_PURPOSE)]
    return []


def _correction(standing: Sequence[Line], line: Line) -> Refusal | None:
    """Why a line can't correct the one it names."""
    if line.corrects is None:
        return None
    named = next((one for one in standing if one.number == line.corrects), None)
    if named is None:
        return Refusal(Why.NOT_THERE)
    if named.kind is not line.kind:
        return Refusal(Why.OTHER_KIND)
    if named.corrects is not None:
        return Refusal(Why.CORRECTS_CORRECTION)
    stands = stands_at(standing, named) + line.minutes
    return Refusal(Why.MORE_THAN_ALL) if stands * named.minutes < 0 else None


def stands_at(lines: Iterable[Line], line: Line) -> int:
    """What a line comes to with all its corrections."""
    return line.minutes + sum(one.minutes for one in lines if one.corrects == line.number)


# --- Telling ----------------------------------------------------------------------------------------------------------
class Mark(StrEnum):
    """A point at which both sides are told (terskel)."""

    EIGHTY = "eighty"
    HUNDRED = "hundred"
    OVERRUN = "overrun"


MARK_NAMES: Mapping[Mark, str] = {
    Mark.EIGHTY: gettext_noop("80 percent of the hours are used"),
    Mark.HUNDRED: gettext_noop("All the hours are used"),
    Mark.OVERRUN: gettext_noop("What is used and planned is more than what is granted"),
}


def marks(now: Balance) -> frozenset[Mark]:
    """The points that a balance has reached."""
    found = set()
    if now.granted > 0 and now.used * 100 >= now.granted * 80:
        found.add(Mark.EIGHTY)
    if now.granted > 0 and now.used >= now.granted:
        found.add(Mark.HUNDRED)
    if now.left < 0:
        found.add(Mark.OVERRUN)
    return frozenset(found)


def reached(before: Balance, after: Balance) -> tuple[Mark, ...]:
    """The points passed between two balances, in their order."""
    new = marks(after) - marks(before)
    return tuple(mark for mark in Mark if mark in new)


# --- Minutes as people write them -------------------------------------------------------------------------------------
class Unread(StrEnum):
    """Why a text isn't an amount of time."""

    NOT_TIME = gettext_noop(
        "'%(text)s' is not an amount of time. Write hours and minutes such as 2:30, or hours as 2,5."
    )
    NOT_MINUTES = gettext_noop(
        "%(text)s hours isn't a whole number of minutes. Write it as hours and minutes, as 2:20."
    )
    SIXTY = gettext_noop("'%(text)s' has more than 59 minutes after the hours.")


def read_minutes(text: str) -> int:
    """Minutes from `2:30`, `2,5`, `2.5` or `2`; hours where there is no colon. Refused where it isn't whole minutes."""
    tidy = "".join(text.split()).replace(".", ",")
    shown = {"text": text.strip()[:20]}
    hours, colon, minutes = tidy.partition(":")
    if colon:
        if not (_digits(hours) and len(minutes) == 2 and _digits(minutes)):
            raise Refused(Refusal(Unread.NOT_TIME, shown))
        if int(minutes) > 59:
            raise Refused(Refusal(Unread.SIXTY, shown))
        return int(hours) * 60 + int(minutes)
    whole, comma, part = tidy.partition(",")
    if not _digits(whole) or (comma and not (_digits(part) and len(part) <= 6)):
        raise Refused(Refusal(Unread.NOT_TIME, shown))
    scale: int = 10 ** len(part)
    minutes_of_part, rest = divmod(60 * int(part or 0), scale)
    if rest:
        raise Refused(Refusal(Unread.NOT_MINUTES, shown))
    return int(whole) * 60 + minutes_of_part


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 6


def clock(minutes: int) -> str:
    """Minutes as hours and minutes: 150 is 2:30, and -90 is −1:30."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'−' if minutes < 0 else ''}{hours}:{rest:02d}"
