"""Applications as those behind them need them: one, one's own, who may do what, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from helsevev.commons.files import queries as files
from helsevev.commons.files.models import StoredFile
from helsevev.commons.forms import queries as forms
from helsevev.commons.people.models import Organisation, User
from helsevev.commons.people.rules import Person, may
from helsevev.core import sides as levels
from helsevev.core.words import Refusal
from helsevev.network.applications.models import Application, Author, Invitation, Partner, Round, Submission
from helsevev.network.applications.queries import rounds as asking
from helsevev.network.applications.rules import PERMISSIONS, following
from helsevev.network.applications.rules import applying as rules
from helsevev.network.applications.rules.permissions import LEADERS, SIGNERS
from helsevev.network.applications.rules.rounds import State
from helsevev.network.applications.rules.rounds_content import Check, CriterionKind
from helsevev.network.applications.rules.workflow import Kind
from helsevev.network.portfolio.queries.wording import Text, in_language

FOCUS_AREA, TITLE = "focus_area", "title"


def every() -> QuerySet[Application]:
    """Applications with what a page of one asks for."""
    return Application.objects.select_related("round__workflow", "round__form__form", "owner", "sheet__version__form")


def one(key: str | UUID) -> Application | None:
    """The application with this key."""
    try:
        return every().filter(key=UUID(str(key))).first()
    except ValueError:
        return None


def begun(token: UUID) -> Application | None:
    """The application that a page for beginning one has made, if it has."""
    return every().filter(begun=token).first()


# --- Who may what ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Access:
    """What a person is to an application (tilgang)."""

    writes: bool = False
    leads: bool = False
    signs_for: tuple[str, ...] = ()
    may_take_over: bool = False

    @property
    def sees(self) -> bool:
        """Whether the draft is theirs to see."""
        return self.writes or bool(self.signs_for) or self.may_take_over


def access(application: Application, person: Person) -> Access:
    """What `person` is to an application; a stranger is nothing."""
    if not person.is_known:
        return Access()
    part = _part(application, person)
    partners = frozenset(application.partners.values_list("organisation__key", flat=True))
    owner = frozenset({application.owner.key})
    return Access(
        writes=bool(part),
        leads=part == Author.Part.LEADER,
        signs_for=tuple(sorted(person.organisations(SIGNERS) & partners))
        if may(person, "confirm", PERMISSIONS, partners)
        else (),
        may_take_over=part != Author.Part.LEADER and may(person, "take_over", PERMISSIONS, owner),
    )


def _part(application: Application, person: Person) -> str:
    found = application.authors.filter(user__key=person.key, left_at=None, user__is_active=True)
    return found.values_list("part", flat=True).first() or ""


def of_person(person: Person) -> list[Application]:
    """The applications that a person writes, signs for or may take over, the last changed first."""
    if not person.is_known:
        return []
    mine = Q(authors__user__key=person.key, authors__left_at=None)
    signed = Q(partners__organisation__key__in=person.organisations(SIGNERS))
    led = Q(owner__key__in=person.organisations(LEADERS))
    return list(every().filter(mine | signed | led).distinct().order_by("-sheet__changed_at", "-pk"))


def may_start_in(person: Person) -> list[Organisation]:
    """Organisations for which a person may begin an application."""
    keys = person.organisations(PERMISSIONS["start"].in_own)
    return list(Organisation.objects.filter(key__in=keys).order_by("name"))


# --- How it stands ---------------------------------------------------------------------------------------------------
def call(round_: Round) -> rules.Call:
    """The round, as rules of applications understand it."""
    return rules.Call(State(round_.state), round_.times)


def kind(application: Application) -> Kind:
    """What its step means."""
    return asking.steps(application.round).step(application.step).kind


def partners(application: Application) -> list[rules.Partner]:
    """Who stands behind it, as rules understand them."""
    rows = application.partners.values_list("organisation__key", "organisation__kind", "confirmed_at")
    return [rules.Partner(key, kind_, at is not None) for key, kind_, at in rows]


def filled(application: Application, seen_revision: int, seen_version: int) -> rules.Filled:
    """How far the form has come, and what the sender saw of it."""
    found = forms.progress(application.sheet)
    return rules.Filled(
        missing=found.missing,
        wrong=found.wrong,
        clashes=found.clashes,
        version=seen_version,
        own_version=application.sheet.version_id,
        wanted_version=application.round.form_id or 0,
        revision=application.sheet.revision,
        seen_revision=seen_revision,
    )


def refuse_write(application: Application, now: datetime) -> Refusal | None:
    """Why it can't be written in now."""
    return rules.refuse_write(kind(application), call(application.round), now)


def refuse_edit(application: Application, now: datetime) -> Refusal | None:
    """Why what goes with it can't be changed now: as for writing, and what was sent is taken up first."""
    refusal = refuse_write(application, now)
    if refusal is None and application.sheet.state == "bound":
        return Refusal(rules.Why.SENT)
    return refusal


@dataclass(frozen=True)
class Standing:
    """How an application stands while it is written (stilling): the sides, the form, the criteria."""

    application: Application

    @cached_property
    def partners(self) -> list[Partner]:
        """The organisations behind it."""
        return list(self.application.partners.select_related("organisation").order_by("asked_at", "pk"))

    @cached_property
    def sides(self) -> list[tuple[levels.Side, list[Partner]]]:
        """The organisations by side; both sides are there even when nobody stands on them."""
        return [(side, [one for one in self.partners if side_of(one) is side]) for side in levels.Side]

    @cached_property
    def missing_sides(self) -> tuple[levels.Side, ...]:
        """Sides that wait for a confirmation."""
        return rules.missing_sides(partners(self.application))

    @cached_property
    def progress(self) -> forms.Progress:
        """How far the form has come."""
        return forms.progress(self.application.sheet)

    @cached_property
    def authors(self) -> list[Author]:
        """Who writes it now."""
        rows = self.application.authors.filter(left_at=None).select_related("user", "organisation")
        return list(rows.order_by("-part", "joined_at"))

    @cached_property
    def invitations(self) -> list[Invitation]:
        """Letters that haven't been answered."""
        rows = self.application.invitations.filter(used_at=None, withdrawn_at=None).select_related("organisation")
        now = timezone.now()
        return [one for one in rows if not rules.is_over(one.sent_at, now)]

    @cached_property
    def submissions(self) -> Sequence[Submission]:
        """What was sent in, the newest first."""
        return list(self.application.submissions.select_related("response"))

    @property
    def is_changed_since(self) -> bool:
        """Whether what was sent is being changed: what was sent stands until it is sent anew."""
        return bool(self.submissions) and self.application.sheet.state == "draft"


def side_of(partner: Partner) -> levels.Side:
    """On which side an organisation stands."""
    return levels.side_of(partner.organisation.kind)


@dataclass(frozen=True)
class Eligibility:
    """One criterion for being let in, and how it stands: "met", "waits" or "people"."""

    name: Text
    about: Text
    state: str


def eligibility(application: Application, language: str) -> list[Eligibility]:
    """How each criterion for being let in stands, as far as a machine can tell."""
    answers = forms.answers(application.sheet)
    sides = not rules.missing_sides(partners(application))
    found = []
    for one_ in asking.criteria(application.round):
        if one_.kind is not CriterionKind.ELIGIBILITY:
            continue
        match one_.check:
            case Check.BOTH_LEVELS:
                state = "met" if sides else "waits"
            case Check.FOCUS_AREA:
                state = "met" if str(answers.get(FOCUS_AREA) or "").strip() else "waits"
            case _:
                state = "people"
        about = in_language(language, dict(one_.about))
        found.append(Eligibility(in_language(language, dict(one_.names)), about, state))
    return found


# --- Invitations -----------------------------------------------------------------------------------------------------
def invitation(token: str, now: datetime) -> Invitation | None:
    """The invitation that a link belongs to, if it still works."""
    rows = Invitation.objects.filter(digest=following.digest(token), used_at=None, withdrawn_at=None)
    found = rows.select_related("application__round__workflow", "application__owner", "organisation").first()
    return found if found and not rules.is_over(found.sent_at, now) else None


def attached(application: Application) -> list[StoredFile]:
    """The files that go with it when it is sent."""
    gone = set(application.detached)
    return [one for one in files.of_owner("application", str(application.key)) if str(one.key) not in gone]


def is_sent_in(application: Application, file: StoredFile) -> bool:
    """Whether what was sent in last holds a file."""
    last = application.submissions.first()
    return last is not None and str(file.key) in {one["key"] for one in last.attachments}


def leaders(application: Application) -> list[User]:
    """Who leads it and can be written to."""
    rows = application.authors.filter(left_at=None, part=Author.Part.LEADER, user__is_active=True)
    return [row.user for row in rows.select_related("user")]


def writers(application: Application) -> list[User]:
    """Everyone who writes it and can be written to."""
    rows = application.authors.filter(left_at=None, user__is_active=True).select_related("user")
    return [row.user for row in rows.order_by("joined_at")]
