"""What a demonstration shows of guidance: the case of early discharge after birth, with its own dates and figures.

Project, organisations, dates and counts are the case's own; every person is invented, and so are the hours, which the
sources don't state. Everything is made by the actions that real engagements go through, at the moments of the case.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from helsevev.commons.forms import actions as forms
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people import actions as people_acting
from helsevev.commons.people import queries as people
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Grant, Role
from helsevev.core.ledger import Kind, Purpose
from helsevev.core.ledger_sharing import Counting
from helsevev.network.guidance.actions import (
    answering,
    booking,
    convening,
    demonstrating_now,
    engaging,
    grouping,
    holding,
)
from helsevev.network.guidance.actions.booking import Entry
from helsevev.network.guidance.actions.convening import Call
from helsevev.network.guidance.actions.engaging import Terms
from helsevev.network.guidance.actions.holding import Point
from helsevev.network.guidance.models import Engagement, EngagementInitiative, HourLine, Session
from helsevev.network.guidance.rules.engagements import Answer, Support
from helsevev.network.guidance.rules.sessions import Kind as SessionKind
from helsevev.network.guidance.rules.sessions import PointKind

CASE, BY = "sus-barsel", "system:demo"
WHY = "Oppdiktet: timene er funnet på for prøvemodus, for kildene sier ikke hvor mange det var."
# The invented people who work on the case, and where.
PLACES = ("kvinneklinikken-stavanger", "stavanger-kommune")
WORKERS = (Role.PROJECT_LEADER, Role.PROJECT_MEMBER)
HOUR = 60


def demonstrate() -> int:
    """Make the case if it isn't there; how many lines its ledger got. Only where accounts are invented."""
    found = Initiative.objects.filter(key=CASE).first()
    cast = _cast()
    if not settings.DEMO or found is None or cast is None:
        return 0
    with transaction.atomic():
        demonstrating_now.demonstrate(cast[Role.ADVISOR])
    if EngagementInitiative.objects.filter(initiative=found).exists():
        return 0
    with transaction.atomic():
        _give_roles(cast)
        engagement = _story(found, cast)
        today = timezone.localdate()
        year = (today.replace(month=1, day=1), today.replace(month=12, day=31))
        grouping.give_capacity(cast[Role.ADVISOR], year, 700 * HOUR, "Oppdiktet", BY)
    return engagement.lines.count()


Cast = dict[Role, User]


def _cast() -> Cast | None:
    """The invented people by role; None until all are there."""
    wanted = {Role.ADVISOR, Role.SECRETARIAT, *WORKERS}
    names = {role: f"{role.value.replace('_', '-')}@example.invalid" for role in wanted}
    users = {user.email: user for user in User.objects.filter(is_demo=True, email__in=names.values())}
    cast = {role: users[address] for role, address in names.items() if address in users}
    return cast if len(cast) == len(wanted) else None


def _give_roles(cast: Cast) -> None:
    """Let the invented leader and member work for the case's two organisations."""
    for role in WORKERS:
        held = {(one.role, one.organisation) for one in people.grants(cast[role])}
        for place in PLACES:
            if (role, place) not in held and people.organisation(place):
                grant = Grant(role, place, timezone.localdate())
                people_acting.grant_as_operator(BY, cast[role], grant, "Invented person for the demonstration")


def at(day: date, hour: int = 12) -> datetime:
    """A moment on a day of the case."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def _story(found: Initiative, cast: Cast) -> Engagement:
    """The case in the order that it happened: autumn 2023, the renewal of 2024, the pilot, the end in March 2025."""
    advisor = cast[Role.ADVISOR]
    start = date(2023, 9, 25)
    terms = Terms(
        Support.TAILORED,
        start,
        date(2023, 12, 31),
        40 * HOUR,
        Counting.EACH_ADVISOR,
        "Reisetid teller ikke. Forberedelse teller med det den tar.",
        [advisor],
        ["Finne ut hva som gjør at familier er trygge når de reiser tidlig hjem"],
        ["Et felles mål for prosjektet", "En plan for piloten"],
    )
    made = engaging.open_(found, terms, BY, WHY, at(start))
    _held(made, cast, SessionKind.KICK_OFF, "Oppstartsmøte med InnoMed", start, 2 * HOUR)
    _held(made, cast, SessionKind.KICK_OFF, "Oppstart med hele prosjektgruppen", date(2023, 11, 8), 3 * HOUR)
    _work(made, advisor, 14 * HOUR, Purpose.ANALYSIS, "Intervjuer og kartlegging av forløpet", date(2023, 11, 30))
    _work(made, advisor, 6 * HOUR, Purpose.WRITING, "Oppsummering av innsikten", date(2023, 12, 15))
    why = f"Ny tildeling, med ny leverandør. {WHY}"
    engaging.extend(made, 60 * HOUR, date(2025, 3, 31), why, BY, at(date(2024, 4, 2)))
    _workshop(made, cast)
    _pilot(made, cast)
    _answers(made, cast)
    return made


def _held(made: Engagement, cast: Cast, kind: SessionKind, title: str, day: date, minutes: int) -> Session:
    """A session that was held, with its time in the ledger."""
    who = [cast[role] for role in (Role.ADVISOR, *WORKERS)]
    call = Call(kind, title, day, time(9), minutes, place="Stavanger", people=who, plan=False)
    session = convening.convene(made, call, BY, now=at(day, 6))
    holding.book(session, str(cast[Role.ADVISOR].key), now=at(day, 20))
    return session


def _work(made: Engagement, advisor: User, minutes: int, purpose: Purpose, what: str, day: date) -> None:
    key = str(advisor.key)
    booking.write(made, [Entry(Kind.USED, minutes, purpose, what, day, key)], key, now=at(day, 15))


def _workshop(made: Engagement, cast: Cast) -> None:
    """The workshop before the pilot, with notes, a decision and an action."""
    advisor = cast[Role.ADVISOR]
    _work(made, advisor, 8 * HOUR, Purpose.PREPARATION, "Opplegg for arbeidsverkstedet", date(2024, 5, 27))
    title = "Arbeidsverksted: hva skal piloten prøve?"
    session = _held(made, cast, SessionKind.WORKSHOP, title, date(2024, 6, 4), 4 * HOUR)
    decision = "Piloten tar med friske mødre og barn som reiser hjem innen 24 timer."
    holding.add_point(session, Point(PointKind.DECISION, decision), BY, at(date(2024, 6, 4)))
    action = "Skrive ned hva hver av oss legger i «innen 24 timer»"
    leader = cast[Role.PROJECT_LEADER]
    point = holding.add_point(
        session, Point(PointKind.ACTION, action, leader, "", date(2024, 6, 18)), BY, at(date(2024, 6, 4))
    )
    assert point.owner == leader
    sheet = holding.notes(session, "nb", str(advisor.key))
    notes = {
        "said": "Klinikken tenker på første dag etter fødselen. Kommunen tenker på tjuefire timer.",
        "disagreed": "Om «tidlig hjemreise» er en dag eller et antall timer.",
        "next": "Avklare begrepet før piloten begynner.",
    }
    forms.save(sheet, [forms.Change(path, text, 0) for path, text in notes.items()], str(advisor.key))


def _pilot(made: Engagement, cast: Cast) -> None:
    """The pilot's meetings: 27 November 2024, 9 January and 27 March 2025; and a note that asks for more hours."""
    advisor = cast[Role.ADVISOR]
    _work(made, advisor, 12 * HOUR, Purpose.WRITING, "Plan for piloten", date(2024, 9, 20))
    meetings: Sequence[tuple[str, date]] = (
        ("Første gjennomgang av piloten", date(2024, 11, 27)),
        ("Gjennomgang: 7 er inkludert etter 11 uker", date(2025, 1, 9)),
    )
    for title, day in meetings:
        _work(made, advisor, 3 * HOUR, Purpose.PREPARATION, f"Forberedelse: {title}", day)
        _held(made, cast, SessionKind.REVIEW, title, day, 2 * HOUR)
    _work(made, advisor, 16 * HOUR, Purpose.ANALYSIS, "Hva tallene fra piloten kan vise", date(2025, 2, 20))
    last = date(2025, 3, 27)
    entry = Entry(Kind.USED, 30 * HOUR, Purpose.WRITING, "Sluttnotat med råd til andre", last, str(advisor.key))
    answering.ask(made, [entry], "Notatet ble større enn vi trodde.", str(advisor.key))


def _answers(made: Engagement, cast: Cast) -> None:
    """The project confirms most lines, disputes one that is then put right, and has some left to answer."""
    leader, advisor = str(cast[Role.PROJECT_LEADER].key), str(cast[Role.ADVISOR].key)
    rows = list(HourLine.objects.filter(engagement=made, kind=Kind.USED).order_by("number"))
    for row in rows[:-3]:
        wrong = row.what.startswith("Opplegg")
        said = "Vi ble enige om seks timer." if wrong else ""
        answering.answer(row, Answer.DISPUTED if wrong else Answer.CONFIRMED, said, leader)
        if wrong:
            right = "Rettet etter innsigelse: seks timer, som avtalt."
            booking.correct(row, 6 * HOUR, right, advisor, at(date(2025, 3, 28)))
