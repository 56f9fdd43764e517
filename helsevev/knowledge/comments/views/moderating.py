"""The moderators' page: what waits, what readers report, and a word about each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from helsevev.commons.people.rules import may
from helsevev.commons.ui.forms.saying import all_said
from helsevev.core.words import Refused
from helsevev.knowledge.comments import queries, rules
from helsevev.knowledge.comments.actions import moderating as acting
from helsevev.knowledge.comments.forms import DecideForm
from helsevev.knowledge.comments.models import Comment

MOST = 50


@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The oldest first."""
    _moderator(request)
    return _draw(request)


@never_cache
@require_POST
def decide(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a comment, or don't; what was typed stays when it can't be done."""
    by = _moderator(request)
    row = queries.one(key)
    if row is None or row.state == rules.State.DELETED:
        raise Http404
    form = DecideForm(request.POST)
    said, why = form.data.get("reason", ""), ""
    if not form.is_valid() or (form.cleaned_data["choice"] == "refuse" and not form.cleaned_data["reason"].strip()):
        why = _("Say why, so that the author can read it.")
    else:
        try:
            _act(row, form.cleaned_data, by)
        except Refused as refused:
            why = " ".join(all_said(refused))
    if why:
        return _draw(request, {"key": row.key, "reason": said[: rules.LONGEST_REASON], "why": why}, status=422)
    messages.success(request, _("Done."))
    return redirect("comments:queue")


def _act(row: Comment, made: dict[str, Any], by: str) -> None:
    if made["choice"] == "show":
        acting.show(row, seen=made["seen"], by=by)
    else:
        acting.refuse(row, seen=made["seen"], reason=made["reason"].strip(), by=by)


def _moderator(request: HttpRequest) -> str:
    person = request.person  # type: ignore[attr-defined] # a middleware sets it
    if not may(person, "moderate", rules.PERMISSIONS):
        raise Http404
    return str(person.key)


def _draw(request: HttpRequest, fault: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    waiting, reported = queries.waiting(), queries.reported()
    groups = [_told(list(waiting[:MOST])), _told(list(reported[:MOST]))]
    context = {
        "waiting": groups[0],
        "reported": groups[1],
        "number": waiting.count(),
        "fault": fault or {},
        "breadcrumbs": [{"label": _("Comments to moderate")}],
        "robots": "noindex",
    }
    return render(request, "comments/queue.html", context, status=status)


def _told(rows: list[Comment]) -> list[dict[str, Any]]:
    """Each with its file, what it stands under, and what readers report."""
    kept, said = queries.files(rows), queries.reasons(rows)
    language, known = get_language() or "nb", {}  # type: str, dict[tuple[str, str], queries.Subject | None]
    for row in rows:
        if (row.on, row.subject) not in known:
            known[row.on, row.subject] = queries.subject(row.on, row.subject, language)
    return [
        {
            "row": row,
            "file": kept.get(str(row.key)),
            "subject": known[row.on, row.subject],
            "reports": said.get(row.pk, []),
        }
        for row in rows
    ]
