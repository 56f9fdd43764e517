"""A project's history: every change, old versions, two compared, and one change undone."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Person, may
from helsevev.core.faults import Faulty
from helsevev.core.words import Refusal, Refused
from helsevev.network.portfolio import rules
from helsevev.network.portfolio.actions import Sending, undo_once
from helsevev.network.portfolio.models import Project, Revision
from helsevev.network.portfolio.queries import editing
from helsevev.network.portfolio.queries import history as queries
from helsevev.network.portfolio.queries.naming import Naming
from helsevev.network.portfolio.views.desk import person_on, said
from helsevev.network.portfolio.views.sealing import Seal, opened
from helsevev.network.portfolio.views.sheet import breadcrumbs


@require_safe
def history(request: HttpRequest, key: str) -> HttpResponse:
    """Every change, newest first."""
    subject, project = _found(request, key)
    person, naming = person_on(request), _naming()
    page, changes = queries.page(project, _number(request.GET.get("page", "")) or 1, naming)
    context = {
        "subject": subject,
        "page": page,
        "changes": [{"change": one, "may_undo": _may_undo(person, subject, one.number, one.names)} for one in changes],
        "moves": queries.moves(project, naming),
        "versions": _versions(project),
        "breadcrumbs": breadcrumbs(subject, _("History")),
        "robots": "noindex",
    }
    return render(request, "portfolio/history.html", context)


@require_safe
def version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The project as it was after one change."""
    subject, project = _found(request, key)
    row = _revision(project, number)
    context = {
        "subject": subject,
        "change": queries.told([row], _naming())[0],
        "fields": queries.version(queries.fields_at(project, number), _naming()),
        "is_last": number == project.version,
        "breadcrumbs": _below_history(subject, _("Version %(number)s") % {"number": number}),
        "robots": "noindex",
    }
    return render(request, "portfolio/history_version.html", context)


@require_safe
def compare(request: HttpRequest, key: str) -> HttpResponse:
    """Two versions side by side, word by word."""
    subject, project = _found(request, key)
    first, last = (_number(request.GET.get(name, "")) for name in ("from", "to"))
    rows = [queries.revision(project, number) for number in (first, last)]
    if None in rows:
        return HttpResponseRedirect(reverse("portfolio:history", args=[key]))
    first, last = min(first, last), max(first, last)
    before, after = queries.fields_at(project, first), queries.fields_at(project, last)
    context = {
        "subject": subject,
        "first": first,
        "last": last,
        "fields": queries.compared(before, after, _naming()),
        "versions": _versions(project),
        "breadcrumbs": _below_history(subject, _("Two versions compared")),
        "robots": "noindex",
    }
    return render(request, "portfolio/history_compare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Take one change back, after asking; refused where something newer stands in the way."""
    subject, project = _found(request, key)
    row = _revision(project, number)
    if not _may_undo(person_on(request), subject, row.number, frozenset(row.changes)):
        raise Http404
    if request.method != "POST":
        return _ask(request, subject, row)
    assert isinstance(request.user, User)
    seal = opened(request.POST.get("seal", ""))
    if seal is None or seal.key != key or seal.user != str(request.user.key):
        return _ask(request, subject, row)
    try:
        undo_once(Sending(request.user, seal.uuid, project), row)
    except Faulty as faulty:
        return _ask(request, subject, row, *(fault.refusal for fault in faulty.faults))
    except Refused as refused:
        return _ask(request, subject, row, *refused.refusals)
    messages.success(request, _("The change is undone. It stays in the history, and so does this."))
    return HttpResponseRedirect(reverse("portfolio:history", args=[key]))


def _ask(request: HttpRequest, subject: editing.Subject, row: Revision, *why: Refusal) -> HttpResponse:
    """The question, with what the change was; or why it can't be undone."""
    assert isinstance(request.user, User)
    context = {
        "subject": subject,
        "change": queries.told([row], _naming())[0],
        "why": [said(refusal) for refusal in why],
        "seal": Seal(str(request.user.key), subject.key, subject.version).sign(),
        "breadcrumbs": _below_history(subject, _("Undo a change")),
        "robots": "noindex",
    }
    return render(request, "portfolio/history_undo.html", context, status=409 if why else 200)


# --- What they share -------------------------------------------------------------------------------------------------
def _found(request: HttpRequest, key: str) -> tuple[editing.Subject, Project]:
    """The project, for those who may see its history; nobody else learns whether it exists."""
    subject = editing.subject(key)
    if subject is None or subject.project is None:
        raise Http404
    if not may(person_on(request), "see_history", rules.PERMISSIONS, subject.organisations):
        raise Http404
    return subject, subject.project


def _may_undo(person: Person, subject: editing.Subject, number: int, names: frozenset[str]) -> bool:
    """Whether this person may take such a change back; the first one is the project itself."""
    asked = rules.needed(names)
    return number > 1 and all(may(person, action, rules.PERMISSIONS, subject.organisations) for action in asked)


def _revision(project: Project, number: int) -> Revision:
    row = queries.revision(project, number)
    if row is None:
        raise Http404
    return row


def _naming() -> Naming:
    return Naming(get_language() or "nb")


def _number(text: str) -> int:
    """A number from an address; 0 where it is none."""
    return int(text[:10]) if text[:10].isdecimal() else 0


def _versions(project: Project) -> list[tuple[int, str]]:
    """The versions to choose between, newest first, each with its day."""
    rows = project.revisions.order_by("-number").values_list("number", "at")[:200]
    return [(number, at.date().isoformat()) for number, at in rows]


def _below_history(subject: editing.Subject, here: str) -> list[dict[str, str]]:
    crumbs = breadcrumbs(subject, here)
    return [*crumbs[:-1], {"label": _("History"), "url": reverse("portfolio:history", args=[subject.key])}, crumbs[-1]]
