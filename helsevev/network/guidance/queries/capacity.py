"""Advisors' load by week, and whether the hours that are left can carry the next round."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from helsevev.commons.people.models import User
from helsevev.core import charts, ledger
from helsevev.core.ledger import Kind
from helsevev.core.ledger_sharing import Load, Room, Spent, Week, load, weeks
from helsevev.network.guidance.models import AdvisorCapacity, Engagement, EngagementInitiative, HourLine
from helsevev.network.guidance.queries import hours, rooms

SHOWN_WEEKS, BACK = 16, 4


# --- Load -------------------------------------------------------------------------------------------------------------
def spent(advisors: Collection[str], first: date, last: date) -> list[Spent]:
    """What these advisors have used and plan, by day and engagement; corrections count with the line they correct."""
    rows = HourLine.objects.filter(
        advisor__in=list(advisors), worked_on__gte=first, worked_on__lte=last, kind__in=["planned", "used"]
    ).order_by()
    columns = ("advisor", "engagement_id", "worked_on", "kind")
    found = []
    for advisor, engagement, day, kind, minutes in rows.values_list(*columns).annotate(minutes=Sum("minutes")):
        used, planned = (minutes, 0) if kind == Kind.USED else (0, minutes)
        found.append(Spent(advisor, str(engagement), day, used, planned))
    return found


@dataclass(frozen=True)
class Loads:
    """The load of some advisors over some weeks (belastning), and what each of their projects takes."""

    people: tuple[User, ...]
    weeks: tuple[Week, ...]
    found: dict[tuple[str, Week], Load]
    projects: tuple[tuple[str, str, str, int, int], ...]

    def of(self, user: User, week: Week) -> Load:
        """One advisor's one week."""
        return self.found.get((str(user.key), week), Load())


def loads(people: Sequence[User], language: str, first: Week | None = None) -> Loads:
    """Sixteen weeks from one on; unless it is said which, from a month ago."""
    first = first or Week.of(timezone.localdate()).after(-BACK)
    shown = weeks(first, SHOWN_WEEKS)
    last = shown[-1].monday + timedelta(days=6)
    every = spent([str(one.key) for one in people], first.monday, last)
    return Loads(tuple(people), tuple(shown), load(every), _projects(every, people, language))


def _projects(
    every: Sequence[Spent], people: Sequence[User], language: str
) -> tuple[tuple[str, str, str, int, int], ...]:
    """Address key, title, advisor, used and planned minutes, project by project."""
    names = {str(one.key): str(one) for one in people}
    sums: dict[tuple[str, str], Load] = {}
    for one in every:
        before = sums.get((one.what, one.who), Load())
        sums[(one.what, one.who)] = Load(before.used + one.used, before.planned + one.planned)
    places = EngagementInitiative.objects.filter(engagement_id__in={int(what) for what, _who in sums})
    named = {row.engagement_id: row.initiative for row in places.select_related("initiative").order_by("pk")}
    return tuple(
        (named[int(what)].key, rooms.title(named[int(what)], language), names.get(who, who), both.used, both.planned)
        for (what, who), both in sorted(sums.items(), key=lambda one: (names.get(one[0][1], ""), int(one[0][0])))
    )


def picture(found: Loads, language: str) -> charts.Columns:
    """The hours booked in each week, used or planned, over all the advisors shown."""
    now = Week.of(timezone.localdate())
    sums = {week: max(sum(found.of(user, week).both for user in found.people), 0) for week in found.weeks}
    busiest = max(sums, key=lambda week: sums[week])
    title = _("No hours are booked in these weeks")
    if sums[busiest]:
        title = _("The busiest week is week %(week)s, with %(hours)s hours") % {
            "week": busiest.number,
            "hours": ledger.clock(sums[busiest]),
        }
    return charts.Columns(
        name="load",
        title=title,
        heads=(_("Week"), _("Hours")),
        note=_("Hours by the day of the work, used or planned. What was planned and then used counts once."),
        language=language,
        rows=tuple(charts.Row(str(week.number), sums[week] / 60, strong=week == now) for week in found.weeks),
    )


# --- Capacity ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Demand:
    """What is asked of the hours next (behov): its name, and its minutes."""

    name: str
    minutes: int


Asks = Callable[[datetime], Sequence[Demand]]
_demands: list[Asks] = []


def register_demand(asks: Asks) -> None:
    """Let a later room say what the next rounds ask for, as this room can't know them."""
    if asks not in _demands:
        _demands.append(asks)


def demands(now: datetime | None = None) -> list[Demand]:
    """What the next rounds ask for."""
    moment = now or timezone.now()
    return [one for asks in _demands for one in asks(moment)]


@dataclass(frozen=True)
class Advisor:
    """One advisor's hours (rådgivers timer): what they can give, have used, and have promised."""

    user: User
    room: Room

    @property
    def shown(self) -> dict[str, str]:
        """The numbers as hours and minutes."""
        room = self.room
        every = {"capacity": room.capacity, "used": room.used, "promised": room.promised, "free": room.free}
        return {name: ledger.clock(minutes) for name, minutes in every.items()}


def advisors(today: date | None = None) -> list[Advisor]:
    """Every advisor's hours in the periods that run now or come.

    What is granted to a project and not used yet is promised by its advisors, in equal parts. A project without an
    advisor is promised by nobody here, and counts in the whole.
    """
    day = today or timezone.localdate()
    capacities = list(
        AdvisorCapacity.objects.filter(withdrawn_at=None, ends__gte=day).select_related("user").order_by("starts")
    )
    people = {one.pk: one for one in [*rooms.all_advisors(), *(one.user for one in capacities)]}
    promised, _unpromised = promises()
    return [
        Advisor(user, Room(*_own(user, [one for one in capacities if one.user_id == pk]), promised.get(pk, 0)))
        for pk, user in people.items()
    ]


def _own(user: User, capacities: Sequence[AdvisorCapacity]) -> tuple[int, int]:
    """What an advisor can give, and has used, in the periods."""
    if not capacities:
        return 0, 0
    first, last = min(one.starts for one in capacities), max(one.ends for one in capacities)
    used = sum(one.used for one in spent([str(user.key)], first, last))
    return sum(one.minutes for one in capacities), used


def promises() -> tuple[dict[int, int], int]:
    """What open engagements are granted and haven't used, by advisor; and what no advisor has been named for."""
    every = list(Engagement.objects.filter(closed_at=None))
    balances = hours.balances([one.pk for one in every])
    by_advisor: dict[int, int] = {}
    nobody = 0
    for engagement in every:
        left = max(balances[engagement.pk].unused, 0) if engagement.pk in balances else 0
        there = [one.user_id for one in rooms.advising(engagement)]
        if not there:
            nobody += left
        for place, pk in enumerate(there):
            share = left // len(there) + (place < left % len(there))
            by_advisor[pk] = by_advisor.get(pk, 0) + share
    return by_advisor, nobody


def whole(found: Sequence[Advisor]) -> Room:
    """All advisors together, with what is promised without an advisor."""
    _by, nobody = promises()
    return Room(
        sum(one.room.capacity for one in found),
        sum(one.room.used for one in found),
        sum(one.room.promised for one in found) + nobody,
    )
