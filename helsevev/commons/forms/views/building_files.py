"""Forms in and out as files: FHIR JSON sent in with a report of what can't be honoured, and JSON to take away."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from helsevev.commons.forms.actions import building as acting
from helsevev.commons.forms.forms.building import NewUploadForm, UploadForm
from helsevev.commons.forms.models import Form
from helsevev.commons.forms.queries import building as asking
from helsevev.commons.forms.rules.building import What
from helsevev.commons.forms.views.building import Desk, crumbs, desk_for, form_or_404, let_in, said, title_of
from helsevev.core import strictjson
from helsevev.core.faults import Fault, Faulty
from helsevev.core.questionnaire import reading
from helsevev.core.questionnaire_building import importing, tree
from helsevev.core.questionnaire_building.importing import Brought

# A form lies deep by nature: each group adds two, an extension four.
DEEPEST = 48
MOST_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A file that becomes a new form."""
    by = let_in(request)
    form = NewUploadForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            brought = read(form.cleaned_data["file"])
            made = _take_in_new(form, brought, by)
            return HttpResponseRedirect(reverse("forms:report", args=[made.key]))
        except Faulty as faulty:
            faults = [line(fault) for fault in faulty.faults]
    top = {"label": _("Forms"), "url": reverse("forms:list")}
    context = {
        "form": form,
        "faults": faults,
        "breadcrumbs": [top, {"label": _("Form from a file")}],
        "robots": "noindex",
    }
    return render(request, "forms/building_upload.html", context, status=422 if faults or form.errors else 200)


def _take_in_new(form: NewUploadForm, brought: Brought, by: str) -> Form:
    """A form of its own, with the file as its first step."""
    file = form.cleaned_data["file"]
    title = title_of(brought.questionnaire, get_language() or "nb") or (file.name or "").rpartition(".")[0]
    made = acting.start(title[:200] or _("Form from a file"), form.cleaned_data["kind"], by)
    put_in(Desk(made, by), brought, file.name or "")
    return made


def put_in(desk: Desk, brought: Brought, name: str) -> None:
    """The draft is what the file says; one step, which can be taken back."""
    notes = [
        {"place": note.place, "why": note.refusal.why, "values": dict(note.refusal.values)} for note in brought.notes
    ]
    values = {"name": name[:80], "notes": notes}
    acting.change(desk.draft, lambda _held: brought.questionnaire, desk.by, What.BROUGHT, values)


def read(file: UploadedFile[Any]) -> Brought:
    """The form in a file; every fault of it at once, and then nothing is taken in."""
    value, faults = strictjson.read(file.read(), DEEPEST)
    if faults:
        raise Faulty(faults[:MOST_SHOWN])
    brought = importing.bring(value)
    found = reading.read(brought.questionnaire).faults
    if found:
        raise Faulty(found[:MOST_SHOWN])
    return brought


def line(fault: Fault) -> str:
    """A fault with its place in the file."""
    return f"{fault.place}: {said(fault.refusal)}" if fault.place else said(fault.refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, key: str) -> HttpResponse:
    """A file that takes the place of what the draft holds; it can be undone."""
    desk = desk_for(request, key)
    form = UploadForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            put_in(desk, read(form.cleaned_data["file"]), form.cleaned_data["file"].name or "")
            return HttpResponseRedirect(reverse("forms:report", args=[key]))
        except Faulty as faulty:
            faults = [line(fault) for fault in faulty.faults]
    context = {
        "form": form,
        "faults": faults,
        "replaces": desk,
        **crumbs(desk.form, desk.title, {"label": _("From a file")}),
    }
    return render(request, "forms/building_upload.html", context, status=422 if faults or form.errors else 200)


@require_safe
def report(request: HttpRequest, key: str) -> HttpResponse:
    """What of the draft can't be honoured here, where it stands, and what was left out when it came."""
    desk = desk_for(request, key)
    found = reading.read(desk.questionnaire)
    step = asking.brought(desk.draft)
    notes = step.values.get("notes", []) if step else []
    context = {
        "desk": desk,
        "form": desk.form,
        "file_name": step.values.get("name", "") if step else "",
        "questions": importing.count(desk.questionnaire),
        "faults": [line(fault) for fault in found.faults],
        "unhonoured": _by_question(desk, found.unhonoured),
        "notes": [_(note["why"]) % note["values"] for note in notes],
        **crumbs(desk.form, desk.title, {"label": _("What can't be honoured")}),
    }
    return render(request, "forms/building_report.html", context)


def _by_question(desk: Desk, unhonoured: tuple[reading.Unhonoured, ...]) -> list[dict[str, object]]:
    """What isn't honoured, gathered by the question where it stands, in the order of the form."""
    places = {
        "".join(f"{'.' if at else ''}item[{number}]" for at, number in enumerate(one.path)): one
        for one in tree.walk(desk.questionnaire)
    }
    found: dict[str, list[str]] = {}
    for one in unhonoured:
        inside = [place for place in places if one.place.startswith(place) and one.place[len(place) :][:1] in ("", ".")]
        name = max(inside, key=len, default="")
        found.setdefault(name, []).append(said(one.what))
    return [
        {
            "name": desk.name(places[place].link_id) if place else _("The form as a whole"),
            "url": reverse("forms:item", args=[desk.form.key, places[place].link_id]) if place else "",
            "lines": list(dict.fromkeys(lines)),
        }
        for place, lines in found.items()
    ]


@require_safe
def export(request: HttpRequest, key: str, number: int | None = None) -> HttpResponse:
    """The JSON of a version, or of the draft: what was brought goes out as it came."""
    let_in(request)
    found = form_or_404(key)
    held = chosen(found, number)
    name = f"{key}-v{number}" if number else f"{key}-draft"
    body = json.dumps(held, ensure_ascii=False, indent=2) + "\n"
    response = HttpResponse(body, content_type="application/fhir+json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    response["Cache-Control"] = "private, no-store"
    return response


def chosen(found: Form, number: int | None) -> Mapping[str, Any]:
    """What a version of a form holds, or its draft (no number); 404 where there is none."""
    if number is None:
        draft = asking.draft_of(found)
        held = draft.questionnaire if draft else None
    else:
        version = asking.version(found, number) if number < 2**31 else None
        held = version.questionnaire if version else None
    if held is None:
        raise Http404
    result: Mapping[str, Any] = held
    return result
