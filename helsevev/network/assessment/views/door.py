"""Who is let in to a round's assessment and to one application; everyone else is told that there is no such page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Person, Role
from helsevev.core.sides import SIDE_NAMES
from helsevev.network.applications.models import Application, Round
from helsevev.network.applications.queries import applying, submitted
from helsevev.network.applications.queries import rounds_showing as showing
from helsevev.network.applications.rules import applying as applying_rules
from helsevev.network.applications.views.door import person_on, unkept
from helsevev.network.assessment.models import Assessment, Declaration
from helsevev.network.assessment.queries import closed, desk
from helsevev.network.assessment.rules import PERMISSIONS

Crumbs = list[dict[str, str]]


@dataclass(frozen=True)
class Inside:
    """Someone inside a round: who, with which roles that count there, and what is closed to them."""

    person: Person
    user: User
    round: Round
    roles: frozenset[Role]
    hidden: frozenset[int]

    @property
    def by(self) -> str:
        """What the trail calls the person."""
        return self.person.key

    def may(self, action: str) -> bool:
        """Whether the roles that count here allow an action."""
        return bool(self.roles & PERMISSIONS[action].anywhere)


@dataclass(frozen=True)
class At(Inside):
    """Someone inside one application."""

    application: Application


def enter(request: HttpRequest, code: str, action: str) -> Inside:
    """A round at work, for those who may."""
    person = person_on(request)
    if not person.roles & PERMISSIONS[action].anywhere or not isinstance(request.user, User):
        raise Http404
    round_ = desk.round_at_work(code)
    if round_ is None:
        raise Http404
    found = Inside(person, request.user, round_, desk.roles_here(round_, person), closed.hidden(round_, person.key))
    if not found.may(action):
        raise Http404
    return found


def enter_application(request: HttpRequest, key: object, action: str) -> At:
    """An application, for those who may and have no ties to it."""
    person = person_on(request)
    if not person.roles & PERMISSIONS[action].anywhere or not isinstance(request.user, User):
        raise Http404
    application = desk.application(key)
    if application is None:
        raise Http404
    round_ = application.round
    roles, hidden = desk.roles_here(round_, person), closed.hidden(round_, person.key)
    found = At(person, request.user, round_, roles, hidden, application)
    if not found.may(action) or application.pk in hidden:
        raise Http404
    return found


def own_assessment(at: At) -> Assessment | None:
    """The assessment that this person was given."""
    rows = Assessment.objects.filter(application=at.application, user=at.user)
    return rows.select_related("sheet__version__form", "application__round").first()


def has_declared(at: At) -> bool:
    """Whether the person has declared to have no conflict of interest; the secretariat handles all that comes in."""
    if Role.SECRETARIAT in at.roles:
        return True
    return Declaration.objects.filter(application=at.application, user=at.user, conflict=False).exists()


def crumbs(*further: tuple[str, str]) -> Crumbs:
    """Where a page lies."""
    every = [(_("Assessment"), reverse("assessment:desk")), *further]
    return [{"label": label, "url": url} for label, url in every[:-1]] + [{"label": every[-1][0]}]


def of_round(inside: Inside, *further: tuple[str, str]) -> Crumbs:
    """Where a page of a round lies."""
    place = reverse("assessment:round", args=[inside.round.code]) if inside.may("run_round") else ""
    name = showing.name(inside.round)
    return crumbs((name, place), *further) if place or not further else crumbs(*further)


def of_application(at: At, *further: tuple[str, str]) -> Crumbs:
    """Where a page of an application lies."""
    place = reverse("assessment:application", args=[at.application.key])
    return of_round(at, (at.application.code, place), *further) if further else of_round(at, (at.application.code, ""))


def back_to(at: At, name: str = "application", anchor: str = "") -> HttpResponse:
    """To a page of the application."""
    return HttpResponseRedirect(reverse(f"assessment:{name}", args=[at.application.key]) + anchor)


def standing_behind(at: At) -> dict[str, object]:
    """Who took a confirmation back after it was sent, and which sides nobody stands on now."""
    gone = submitted.taken_back(at.application)
    missing = applying_rules.missing_sides(applying.partners(at.application)) if gone else ()
    return {"taken_back": gone, "sides_missing": [_(SIDE_NAMES[side]) for side in missing]}


def page(
    request: HttpRequest, template: str, inside: Inside | None, context: Mapping[str, object], status: int = 200
) -> HttpResponse:
    """A page of this room: for its reader alone, with the round's tabs for those who have them."""
    round_ = (
        {"round": inside.round, "name": showing.name(inside.round), "tabs": tabs(request, inside)} if inside else {}
    )
    whole = {**round_, "robots": "noindex", **context}
    return unkept(render(request, f"assessment/{template}.html", whole, status=status))


def tabs(request: HttpRequest, inside: Inside) -> list[dict[str, object]]:
    """The pages of a round that this person may open."""
    every = (
        ("round", "run_round", _("Applications")),
        ("sharing", "share_out", _("Assessors")),
        ("order", "read_assessments", _("Scores")),
        ("board", "see_board", _("Board")),
        ("minutes", "see_board", _("Minutes")),
        ("letters", "write_letters", _("Letters")),
        ("publishing", "publish_awards", _("Publishing")),
        ("figures", "see_figures", _("Figures")),
    )
    found = []
    for name, action, label in every:
        if inside.may(action):
            url = reverse(f"assessment:{name}", args=[inside.round.code])
            found.append({"label": label, "url": url, "current": request.path == url})
    return found
