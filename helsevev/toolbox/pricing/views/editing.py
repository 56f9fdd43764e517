"""Editing a case part by part: a draft saves itself, faults stand beside their fields, and nothing typed is lost."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.core import pricing
from helsevev.core.faults import Fault, Faulty
from helsevev.core.words import Refused
from helsevev.toolbox.pricing.actions import cases as actions
from helsevev.toolbox.pricing.forms import fields, filling, sections
from helsevev.toolbox.pricing.forms.partners import NewPartners
from helsevev.toolbox.pricing.queries import cases
from helsevev.toolbox.pricing.views import desk

PER_PAGE = 20
ROWS_AT_A_TIME = 50
FIELDS_AT_A_TIME = 800  # a request holds no more than a thousand, notes included


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str, section: str = "centre") -> HttpResponse:
    """One part of a case's inputs."""
    subject = desk.found(request, key, "edit")
    if section not in sections.SECTIONS:
        raise Http404
    draft = cases.draft(desk.user_on(request), subject.case)
    content = draft.fields if draft else subject.content
    base = draft.base_version if draft else subject.case.version
    if request.method != "POST":
        faults = _faults(content) if draft else []
        return _page(request, subject, section, content, faults)
    content = filling.filled(section, content, desk.one_each(request.POST))
    return _do(request, subject, section, filling.with_all_groups(content), base)


def _do(request: HttpRequest, subject: cases.Subject, section: str, content: dict[str, Any], base: int) -> HttpResponse:
    """What the pressed button asks for."""
    wanted = request.POST.get("do", "save")
    here = reverse("pricing:edit_section", args=[subject.case.key, section])
    user = desk.user_on(request)
    if wanted == "throw":
        actions.forget(user, subject.case)
        messages.success(request, _("What you had typed is thrown away."))
        return HttpResponseRedirect(here)
    if wanted == "partners":
        form = NewPartners(request.POST, content=content)
        if not form.is_valid():
            actions.keep(user, subject.case, content, base)
            return _page(request, subject, section, content, [], new=form, status=422)
        content = form.added()
    elif wanted.startswith(("add:", "remove:")):
        content = filling.reshaped(content, wanted)
    if wanted != "save":
        actions.keep(user, subject.case, content, base)
        return HttpResponseRedirect(here)
    return _save(request, subject, section, content, base)


def _save(
    request: HttpRequest, subject: cases.Subject, section: str, content: dict[str, Any], base: int
) -> HttpResponse:
    """Save all that was typed, or show what is wrong."""
    user = desk.user_on(request)
    try:
        actions.save(subject.case, content, base, str(user.key))
    except Faulty as faulty:
        actions.keep(user, subject.case, content, base)
        return _page(request, subject, section, content, faulty.faults, status=422)
    except Refused as refused:
        actions.keep(user, subject.case, content, base)
        faults = [Fault("", one) for one in refused.refusals]
        return _page(request, subject, section, content, faults, status=409)
    actions.forget(user, subject.case)
    messages.success(request, _("Saved. The answer is reckoned from the new inputs."))
    return HttpResponseRedirect(reverse("pricing:edit_section", args=[subject.case.key, section]))


@require_POST
def keep(request: HttpRequest, key: str, section: str) -> HttpResponse:
    """Keep what is typed while it is typed."""
    subject = desk.found(request, key, "edit")
    if section not in sections.SECTIONS:
        raise Http404
    user = desk.user_on(request)
    draft = cases.draft(user, subject.case)
    content = filling.filled(section, draft.fields if draft else subject.content, desk.one_each(request.POST))
    try:
        kept = actions.keep(user, subject.case, content, draft.base_version if draft else subject.case.version)
    except Refused as refused:
        return HttpResponse(" ".join(desk.said(one) for one in refused.refusals), content_type="text/plain")
    words = {"time": date_format(localtime(kept.saved_at), "TIME_FORMAT")}
    return HttpResponse(_("Draft saved at %(time)s.") % words, content_type="text/plain; charset=utf-8")


def _faults(content: dict[str, Any]) -> list[Fault]:
    """What is wrong with a draft."""
    try:
        pricing.price(pricing.read(content))
    except Faulty as faulty:
        return faulty.faults
    return []


def _page(
    request: HttpRequest,
    subject: cases.Subject,
    section: str,
    content: dict[str, Any],
    faults: list[Fault],
    *,
    new: NewPartners | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form with what was typed, each fault beside its field."""
    boxes = sections.boxes(section, content)
    left = fields.told(boxes, faults)
    errors = [one for box in boxes for one in _errors(box)]
    parts = _in_parts(request, boxes)
    context = desk.frame(subject, "edit", _("Inputs")) | {
        "section": section,
        "boxes": boxes,
        "elsewhere": [_elsewhere(subject.case.key, section, fault) for fault in left],
        "errors": errors,
        "parts": parts,
        "sections": [
            {
                "label": _(label),
                "url": reverse("pricing:edit_section", args=[subject.case.key, name]),
                "current": name == section,
            }
            for name, label in sections.SECTIONS.items()
        ],
        "draft": cases.draft(desk.user_on(request), subject.case),
        "new": (new or NewPartners(content=content)) if section == "partners" else None,
    }
    return render(request, "pricing/edit.html", context, status=status)


def _in_parts(request: HttpRequest, boxes: list[fields.Box]) -> list[dict[str, object]]:
    """Long lists some rows at a time, since a form holds only so many fields; links to each part."""
    asked = request.GET.get("from", "")
    start = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
    links: list[dict[str, object]] = []
    for box in boxes:
        count, most = len(box.rows), _rows_at_a_time(box)
        if count > most:
            begin = min(start, count - 1) // most * most
            box.rows = box.rows[begin : begin + most]
            links = [
                {"label": f"{at + 1}–{min(at + most, count)}", "url": f"?from={at}", "current": at == begin}
                for at in range(0, count, most)
            ]
    return links


def _rows_at_a_time(box: fields.Box) -> int:
    """As many rows as a request can hold, with all that may be written of each."""
    first = box.rows[0] if box.rows else None
    wide = len(list(fields.Box("", "", rows=[first]).every())) if first else 1
    return max(1, min(ROWS_AT_A_TIME, FIELDS_AT_A_TIME // wide))


def _errors(box: fields.Box) -> list[dict[str, str]]:
    """Every fault of a box with a link to its field."""
    found = [{"target": f"box-{box.name}", "label": box.title, "message": one} for one in box.faults]
    return found + [
        {"target": one.id, "label": one.label, "message": text} for one in box.every() for text in one.faults
    ]


def _elsewhere(key: str, section: str, fault: Fault) -> dict[str, str]:
    """A fault of another part of the form, with the way there."""
    home = fields.section_of(fault)
    url = reverse("pricing:edit_section", args=[key, home]) if fault.place and home != section else ""
    return {"line": desk.fault_lines([fault])[0], "url": url}


# --- History ---------------------------------------------------------------------------------------------------------
@require_safe
def history(request: HttpRequest, key: str) -> HttpResponse:
    """Every version, newest first."""
    subject = desk.found(request, key, "see_history")
    page = request.GET.get("page", "1")
    first = (int(page) - 1) * PER_PAGE if page.isdecimal() and 0 < int(page) < 10_000 else 0
    context = desk.frame(subject, "history", _("History")) | {
        "told": [replace(one, changes=desk.told(one.changes)) for one in cases.history(subject.case, first, PER_PAGE)],
        "older": first + PER_PAGE < subject.case.version and first // PER_PAGE + 2,
        "newer": first and first // PER_PAGE,
    }
    return render(request, "pricing/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Take one version's change back, after asking."""
    subject = desk.found(request, key, "edit")
    revision = cases.revision(subject.case, number)
    if revision is None:
        raise Http404
    why: list[str] = []
    if request.method == "POST":
        try:
            actions.undo(revision, desk.actor_on(request))
        except Faulty as faulty:
            why = desk.fault_lines(faulty.faults)
        except Refused as refused:
            why = [desk.said(one) for one in refused.refusals]
        else:
            messages.success(request, _("The change is undone. It stays in the history, and so does this."))
            return HttpResponseRedirect(reverse("pricing:history", args=[key]))
    context = desk.frame(subject, "history", _("Undo a change")) | {"revision": revision, "why": why}
    return render(request, "pricing/undo.html", context, status=409 if why else 200)
