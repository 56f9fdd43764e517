"""What people meet at their desk: rounds, what they may do there, an application, and what waits for an assessor."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Person, Role
from helsevev.network.applications.models import Application, Criterion, PanelMember, Round, Submission
from helsevev.network.applications.queries import rounds as rounds_asking
from helsevev.network.applications.queries import submitted
from helsevev.network.applications.rules.rounds import Standing
from helsevev.network.applications.rules.rounds_content import CriterionKind
from helsevev.network.applications.rules.workflow import Kind
from helsevev.network.assessment.models import Assessment, Board, Declaration
from helsevev.network.assessment.queries import closed
from helsevev.network.assessment.rules.scoring import Weighed

WORKED_ON = (Standing.CLOSED, Standing.DECIDED)
SEATS = {
    Role.ASSESSOR: PanelMember.Part.ASSESSOR,
    Role.RESOURCE_GROUP: PanelMember.Part.RESOURCE_GROUP,
    Role.STEERING_GROUP: PanelMember.Part.STEERING_GROUP,
}


def round_at_work(code: str) -> Round | None:
    """A round whose deadline has passed; its form is read where it is asked for, as most pages don't."""
    found = rounds_asking.one(code, without=("form__questionnaire",))
    return found if found and found.standing(timezone.now()) in WORKED_ON else None


def rounds_at_work() -> list[Round]:
    """Every such round, the newest first."""
    now = timezone.now()
    return [one for one in rounds_asking.public() if one.standing(now) in WORKED_ON]


def seats(round_: Round, person: Person) -> frozenset[str]:
    """The parts of a round's panel that a person sits on."""
    found = PanelMember.objects.filter(round=round_, user__key=person.key)
    return frozenset(found.values_list("part", flat=True))


def seated_in(person: Person) -> frozenset[int]:
    """The rounds on whose panel a person sits."""
    return frozenset(PanelMember.objects.filter(user__key=person.key).values_list("round_id", flat=True))


def roles_here(round_: Round, person: Person) -> frozenset[Role]:
    """The roles that count in this round: those with a seat only for who sits on its panel."""
    held = person.roles
    if not held & set(SEATS):
        return held
    taken = seats(round_, person)
    return frozenset(role for role in held if role not in SEATS or SEATS[role] in taken)


def board(round_: Round) -> Board:
    """The round's board as it stands; one that was never saved stands open."""
    return Board.objects.filter(round=round_).select_related("form__form").first() or Board(round=round_)


def application(key: object) -> Application | None:
    """A sent application in a round at work."""
    try:
        wanted = UUID(str(key))
    except ValueError:
        return None
    found = (
        Application.objects.select_related("round__workflow", "round__form__form", "owner").filter(key=wanted).first()
    )
    if found is None or found.first_sent_at is None:
        return None
    if found.round.standing(timezone.now()) not in WORKED_ON:
        return None
    return None if kind(found) in (Kind.WRITING, Kind.WITHDRAWN) else found


def kind(row: Application) -> Kind:
    """What its step means."""
    return rounds_asking.steps(row.round).step(row.step).kind


def may_be_screened(row: Application) -> bool:
    """Whether it stands where conditions are judged."""
    return kind(row) in (Kind.RECEIVED, Kind.SCREENING)


def newest(row: Application) -> Submission | None:
    """What was sent in last."""
    return submitted.newest(row)


def listed(round_: Round) -> QuerySet[Application]:
    """All that are to be handled."""
    return submitted.listing(round_)


def weighed(round_: Round) -> list[Weighed]:
    """The criteria that are scored."""
    return as_weighed(Criterion.objects.filter(round=round_))


def as_weighed(rows: Iterable[Criterion]) -> list[Weighed]:
    """Those of some criteria that are scored."""
    return [
        Weighed(row.code, row.weight, tuple(int(one["score"]) for one in row.levels))
        for row in rows
        if row.kind == CriterionKind.ASSESSED and row.levels
    ]


def criteria(round_: Round, kind_: CriterionKind) -> list[Criterion]:
    """The criteria of one kind."""
    return list(Criterion.objects.filter(round=round_, kind=kind_))


def in_language(texts: Mapping[str, str], language: str) -> str:
    """Words in the reader's language, bokmål where there are none."""
    return texts.get(language) or texts.get("nb") or next(iter(texts.values()), "")


@dataclass(frozen=True)
class Task:
    """An assessment that waits for somebody, or is given (oppgave)."""

    application: Application
    due: date | None
    given_at: datetime | None
    declared: bool
    begun: bool


def tasks(user: User) -> list[Task]:
    """What an assessor is given, what waits first; nothing that is closed to them, and nothing that is forgotten."""
    rows = Assessment.objects.filter(user=user).select_related("application__round__workflow", "application__owner")
    found = [row for row in rows.select_related("application__round__board") if _is_due(row)]
    declared = set(Declaration.objects.filter(user=user, conflict=False).values_list("application_id", flat=True))
    gone: set[int] = set()
    for round_ in {row.application.round for row in found}:
        gone |= closed.hidden(round_, str(user.key))
    every = [
        Task(
            row.application,
            row.application.round.board.assess_by,
            row.given_at,
            row.application_id in declared,
            row.sheet_id is not None,
        )
        for row in found
        if row.application_id not in gone
    ]
    return sorted(every, key=lambda one: (one.given_at is not None, one.due or date.max, one.application.pk))


def _is_due(row: Assessment) -> bool:
    return kind(row.application) not in (Kind.WRITING, Kind.WITHDRAWN) and row.application.round.state != "decided"


def assessors(round_: Round) -> list[User]:
    """Who sits on the panel as assessor."""
    rows = PanelMember.objects.filter(round=round_, part=PanelMember.Part.ASSESSOR, user__is_active=True)
    return [row.user for row in rows.select_related("user")]


def seat_name(seat: str) -> str:
    """What an assessor is called whose name is hidden or forgotten."""
    return _("Assessor %(number)s") % {"number": seat.rpartition(" ")[2]} if seat else _("Another assessor")


def people(keys: Iterable[str]) -> Mapping[str, User]:
    """Accounts by key."""
    return {str(one.key): one for one in User.objects.filter(key__in=list(keys))}
