"""What the pages of a case share: who asks, which case, its frame of tabs and crumbs, and how refusals are said."""

from collections.abc import Iterable, Mapping

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Person
from helsevev.core.faults import Fault
from helsevev.core.words import Refusal, gettext_noop
from helsevev.toolbox.pricing.forms import fields
from helsevev.toolbox.pricing.panels import tabs
from helsevev.toolbox.pricing.queries import cases
from helsevev.toolbox.pricing.rules.keyed import MISSING, Change

# The pages of a case, and what one must be allowed to see each.
TABS: tuple[tuple[str, str, str], ...] = (
    ("case", gettext_noop("Result"), "see"),
    ("numbers", gettext_noop("Every number"), "see"),
    ("uncertainty", gettext_noop("Uncertainty and fairness"), "see"),
    ("need", gettext_noop("Need"), "see"),
    ("scenarios", gettext_noop("Scenarios"), "see"),
    ("agreement", gettext_noop("Agreement and bills"), "see"),
    ("edit", gettext_noop("Inputs"), "edit"),
    ("shelving", gettext_noop("The shelf"), "edit"),
    ("history", gettext_noop("History"), "see_history"),
)


def person_on(request: HttpRequest) -> Person:
    """Who asks."""
    person: Person = request.person  # type: ignore[attr-defined] # a middleware sets it
    return person


def user_on(request: HttpRequest) -> User:
    """The account that asks; whoever has none may not be here."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def actor_on(request: HttpRequest) -> str:
    """What the trail calls whoever asks."""
    return str(user_on(request).key)


def found(request: HttpRequest, key: str, action: str = "see") -> cases.Subject:
    """The case, for those who may; nobody else learns whether it exists."""
    subject = cases.subject(key, person_on(request))
    if subject is None or not subject.may(action):
        raise Http404
    return subject


def frame(subject: cases.Subject, here: str, last: str = "") -> dict[str, object]:
    """What every page of a case says around its content."""
    shown = [(name, label) for name, label, action in TABS if subject.may(action)]
    crumbs = [
        {"label": _("Service prices"), "url": reverse("pricing:list")},
        {"label": subject.case.title, "url": reverse("pricing:case", args=[subject.case.key])},
    ]
    if last:
        crumbs.append({"label": last, "url": ""})
    else:
        crumbs[-1]["url"] = ""
    return {
        "subject": subject,
        "case": subject.case,
        "tabs": tabs(subject.case.key, here, shown),
        "breadcrumbs": crumbs,
        "robots": "noindex",
    }


def numbers_address(subject: cases.Subject, query: str) -> str:
    """The page of every number with what sliders have moved, to be asked more of."""
    return f"{reverse('pricing:numbers', args=[subject.case.key])}?{query}{'&' if query else ''}"


def said(refusal: Refusal) -> str:
    """A refusal in the reader's language."""
    return fields.said(refusal)


def fault_lines(faults: Iterable[Fault]) -> list[str]:
    """Faults as lines, each with its place."""
    return [f"{one.place}: {said(one.refusal)}" if one.place else said(one.refusal) for one in faults]


def told(changes: Iterable[Change]) -> list[Change]:
    """Changes with their numbers as the reader writes them, and a dash for what isn't there."""
    return [
        Change(one.path, *("–" if value is MISSING else fields.shown(value) for value in (one.before, one.after)))
        for one in changes
    ]


def one_each(given: Mapping[str, str]) -> dict[str, str]:
    """What was sent, the last of each name."""
    return {name: given[name] for name in given}
