"""The form's page (ark), made from a desk and what was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from helsevev.commons.people.rules import may
from helsevev.network.portfolio import rules
from helsevev.network.portfolio.forms.page import Builder, Wrong
from helsevev.network.portfolio.queries import editing
from helsevev.network.portfolio.views.desk import Desk


@dataclass(frozen=True)
class Sheet:
    """What stands on the page (ark): what was typed, what is wrong, what its reader should know, and its draft."""

    filled: Mapping[str, Any]
    wrong: Sequence[Wrong] = ()
    notices: Sequence[str] = ()
    state: Mapping[str, object] = field(default_factory=dict)
    fresh: tuple[str, int] | None = None
    status: int = 200


def page(request: HttpRequest, desk: Desk, sheet: Sheet) -> HttpResponse:
    """The form, with what was typed in it."""
    subject = desk.subject
    builder = Builder(sheet.filled, desk.words, sheet.wrong, desk.moves, desk.titles(sheet.filled), sheet.fresh)
    context = {
        "desk": desk,
        "subject": subject,
        "page": builder.page(),
        "state": sheet.state,
        "notices": sheet.notices,
        "seal": desk.seal(),
        "address": request.path,
        "draft_address": draft_address(subject),
        "heading": _heading(desk),
        "breadcrumbs": breadcrumbs(subject, _("Edit") if subject.project else _("New project")),
        "may_publish": may(desk.person, "publish", rules.PERMISSIONS, subject.organisations),
        "robots": "noindex",
    }
    response = render(request, "portfolio/edit.html", context, status=sheet.status)
    response["Cache-Control"] = "no-store"
    return response


def draft_address(subject: editing.Subject) -> str:
    """Where a page keeps its draft while one types."""
    if subject.project is None:
        return reverse("portfolio:draft_new")
    return reverse("portfolio:draft", args=[subject.key])


def _heading(desk: Desk) -> str:
    """What one does here."""
    if desk.subject.project is None:
        return _("New project")
    if set(desk.names) == {"log"}:
        return _("Write in the log of “%(title)s”") % {"title": desk.subject.title}
    return _("Edit “%(title)s”") % {"title": desk.subject.title}


def breadcrumbs(subject: editing.Subject, here: str) -> list[dict[str, str]]:
    """The way to a page about a project."""
    crumbs = [{"label": _("Projects"), "url": reverse("portfolio:list")}]
    if subject.project:
        crumbs.append({"label": subject.title, "url": reverse("portfolio:project", args=[subject.key])})
    return [*crumbs, {"label": here}]
