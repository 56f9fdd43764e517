"""What a demonstration shows of guidance at work: two projects of this year, guided alone and in a group.

The projects are real; that they are guided, by whom and how much, is invented. Days follow the day that it is made on,
so that the weeks around it hold something to see.
"""

from datetime import date, time, timedelta

from django.utils import timezone

from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import User
from helsevev.core.ledger import Kind, Purpose
from helsevev.core.ledger_sharing import Counting, Sharing
from helsevev.network.guidance.actions import booking, convening, engaging, grouping
from helsevev.network.guidance.actions.booking import Entry
from helsevev.network.guidance.actions.convening import Call
from helsevev.network.guidance.actions.engaging import Terms
from helsevev.network.guidance.models import Engagement, EngagementInitiative
from helsevev.network.guidance.rules.engagements import Support
from helsevev.network.guidance.rules.sessions import Kind as SessionKind

GUIDED = ("nordtroms-team-2026", "sortrondelag-bu-2026")
BY, HOUR, WEEK = "system:demo", 60, timedelta(weeks=1)
WHY = "Oppdiktet: at prosjektet får veiledning i prøvemodus, og hvor mye, er funnet på."


def demonstrate(advisor: User, today: date | None = None) -> int:
    """Guide the projects that are there and aren't guided yet; how many."""
    free = Initiative.objects.filter(key__in=GUIDED).exclude(pk__in=EngagementInitiative.objects.values("initiative"))
    monday = _monday(today or timezone.localdate())
    made = [_guided(one, advisor, monday) for one in free.order_by("key")]
    if len(made) == len(GUIDED):
        _together(made, advisor, monday)
    return len(made)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _guided(found: Initiative, advisor: User, monday: date) -> Engagement:
    """One project: what was done these weeks, and what is planned for those to come."""
    terms = Terms(
        Support.TAILORED,
        monday - 8 * WEEK,
        monday + 30 * WEEK,
        60 * HOUR,
        Counting.EACH_ADVISOR,
        "Reisetid teller ikke. Forberedelse teller med det den tar.",
        [advisor],
        ["Et felles bilde av dagens forløp"],
        ["En plan for det første halvåret"],
    )
    made = engaging.open_(found, terms, BY, WHY)
    lines = [
        (-4, Kind.USED, 3, Purpose.PREPARATION, "Forberedelse til oppstart"),
        (-3, Kind.USED, 6, Purpose.WORKSHOP, "Oppstartsverksted"),
        (-2, Kind.USED, 4, Purpose.ANALYSIS, "Gjennomgang av intervjuer"),
        (3, Kind.PLANNED, 5, Purpose.ANALYSIS, "Kartlegging av forløpet"),
        (7, Kind.PLANNED, 4, Purpose.WRITING, "Oppsummering av innsikten"),
    ]
    key = str(advisor.key)
    entries = [Entry(kind, h * HOUR, why, what, monday + at * WEEK, key) for at, kind, h, why, what in lines]
    booking.write(made, entries, key)
    return made


def _together(made: list[Engagement], advisor: User, monday: date) -> None:
    """A group whose shared sessions fall in equal parts on its projects."""
    group = grouping.make("Nye prosjekter: felles samlinger", Sharing.EQUAL, BY)
    for one in made:
        grouping.join(group, one, monday - 4 * WEEK, BY)
    day = monday + 5 * WEEK + timedelta(days=1)
    call = Call(SessionKind.WORKSHOP, "Felles samling om interessenter", day, time(10), 4 * HOUR, people=[advisor])
    convening.convene(group, call, BY)
