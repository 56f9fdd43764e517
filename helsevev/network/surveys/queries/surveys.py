"""Which surveys there are, what they are called, and whom they can ask."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from helsevev.commons.forms import queries as forms
from helsevev.commons.forms.models import Form, FormVersion
from helsevev.commons.initiatives.models import Initiative, Party
from helsevev.commons.people.rules import Person, Role, may
from helsevev.core.languages import in_language
from helsevev.core.questionnaire.model import Questionnaire
from helsevev.core.surveys import asking
from helsevev.network.guidance.models import Engagement
from helsevev.network.guidance.queries import rooms
from helsevev.network.surveys.models import Survey
from helsevev.network.surveys.rules import PERMISSIONS
from helsevev.network.surveys.rules.permissions import LEADERS
from helsevev.network.surveys.rules.states import State


def form_of(survey: Survey) -> Questionnaire:
    """What it asks."""
    return forms.compiled(survey.version)


def name_of(survey: Survey, language: str) -> str:
    """What it is called: what is asked, whose it is, and the year."""
    parts = [form_of(survey).title.in_language(language) or survey.version.form.key]
    if survey.initiative:
        parts.append(in_language(language, survey.initiative.titles).text or survey.initiative.title)
    if survey.meeting:
        return f"{parts[0]}: {survey.meeting.title}, {date_format(survey.meeting.day)}"
    return f"{': '.join(parts)} ({survey.year})"


def one(key: str) -> Survey | None:
    """A survey by its name in addresses."""
    return Survey.objects.select_related("version__form", "initiative", "meeting").filter(key=key).first()


def parties(initiative: Initiative) -> frozenset[str]:
    """Keys of the organisations that take part."""
    rows = Party.objects.filter(initiative=initiative, organisation__isnull=False)
    return frozenset(rows.values_list("organisation__key", flat=True))


def may_keep(person: Person, survey: Survey) -> bool:
    """Whether a person makes, closes and publishes this survey."""
    if survey.initiative is None:
        return may(person, "keep", PERMISSIONS)
    return may(person, "keep_project", PERMISSIONS, parties(survey.initiative))


def published() -> QuerySet[Survey]:
    """What everybody may read."""
    return Survey.objects.filter(state=State.PUBLISHED).select_related("version__form", "initiative", "meeting")


def kept_by(person: Person) -> list[Survey]:
    """What somebody keeps and everybody can't read yet."""
    rows = Survey.objects.exclude(state=State.PUBLISHED).select_related("version__form", "initiative", "meeting")
    if may(person, "keep", PERMISSIONS):
        return list(rows)
    own = person.organisations(LEADERS)
    mine = rows.filter(initiative__parties__organisation__key__in=own).distinct() if own else rows.none()
    return [row for row in mine if may_keep(person, row)]


def forms_to_ask() -> list[tuple[Form, FormVersion]]:
    """The forms that a survey can ask, with their newest version."""
    found = [(version.form, version) for version in forms.versions(Form.Kind.SURVEY)]
    return [(form, version) for form, version in found if not asking.refuse(forms.compiled(version))]


def projects_of(person: Person) -> list[Initiative]:
    """The guided projects that somebody can make a survey for."""
    guided = Initiative.objects.filter(engagement_place__isnull=False).order_by("title", "pk")
    if may(person, "keep", PERMISSIONS):
        return list(guided)
    own = person.organisations(LEADERS)
    return list(guided.filter(parties__organisation__key__in=own).distinct()) if own else []


@dataclass(frozen=True)
class Candidate:
    """Somebody of a guided project who can be asked (kandidat)."""

    email: str
    name: str
    language: str
    project: str
    is_leader: bool


def candidates(year: int, language: str) -> list[Candidate]:
    """Leaders and members of the projects that were guided in a year, each once."""
    found: dict[str, Candidate] = {}
    for engagement in _guided(year):
        initiative = rooms.main_initiative(engagement)
        for taking in rooms.people_of(initiative):
            if taking.role not in (Role.PROJECT_LEADER, Role.PROJECT_MEMBER):
                continue
            user, leads = taking.user, taking.role is Role.PROJECT_LEADER
            known = found.get(user.email)
            if known is None or (leads and not known.is_leader):
                title = rooms.title(initiative, language)
                found[user.email] = Candidate(user.email, user.name, user.language, title, leads)
    return sorted(found.values(), key=lambda one: (not one.is_leader, one.project, one.name))


def _guided(year: int) -> Iterable[Engagement]:
    rows = Engagement.objects.filter(starts__year__lte=year, ends__year__gte=year)
    return rows.prefetch_related("places")


def this_year() -> int:
    """The year it is."""
    return timezone.localdate().year
