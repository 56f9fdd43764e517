"""What this room shows elsewhere, and how its results are laid out."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Person, Waiting
from helsevev.core.frame import Page, Section
from helsevev.network.surveys.models import Invitation, Survey
from helsevev.network.surveys.queries import surveys
from helsevev.network.surveys.rules.states import State

__all__ = ["personal_data", "sections", "waiting"]


def sections() -> Iterable[Section]:
    """The list of surveys, and each published one."""
    with override(settings.LANGUAGE_CODE):
        pages = [Page(reverse("surveys:list"))]
        pages += [Page(reverse("surveys:results", args=[one.key]), one.published_at) for one in surveys.published()]
    return [Section("surveys", len(pages), lambda first, most: pages[first : first + most])]


def waiting(person: Person) -> list[Waiting]:
    """Surveys that somebody keeps and that wait to be counted or published."""
    if not person.is_known:
        return []
    due = [one for one in surveys.kept_by(person) if one.state in (State.CLOSED, State.COUNTED)]
    return [_waiting(one) for one in due]


def _waiting(one: Survey) -> Waiting:
    name = surveys.name_of(one, get_language() or "nb")
    said = _("Survey to count: %(name)s") if one.state == State.CLOSED else _("Survey to publish: %(name)s")
    return Waiting(said % {"name": name}, reverse("surveys:desk", args=[one.key]), None, "project")


def personal_data(user: User) -> dict[str, object]:
    """Which surveys somebody was asked to answer, and whether they did. What they answered can't be found."""
    rows = Invitation.objects.filter(email__iexact=user.email).values("survey__key", "made_on", "answered", "reminders")
    return {"surveys.invitations": [dict(row) for row in rows]}
