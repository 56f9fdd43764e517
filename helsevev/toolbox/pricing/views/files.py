"""A case as JSON and as a workbook with live formulas, out and in."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from helsevev.core import pricing, strictjson
from helsevev.core.faults import Fault, Faulty
from helsevev.core.tables import XLSX
from helsevev.core.words import Refused
from helsevev.toolbox.pricing.actions import cases as actions
from helsevev.toolbox.pricing.forms import mapping, sliding
from helsevev.toolbox.pricing.rules.keyed import Change, differences
from helsevev.toolbox.pricing.views import desk

LARGEST = 10_000_000


@require_safe
def export(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The case with its answer; with the sliders' address, the case as it then would be."""
    subject = desk.found(request, key)
    asked = sliding.asked(subject.content, desk.one_each(request.GET))
    read = pricing.read(asked.content) if not asked.faults else subject.read
    if form == "json":
        said = {**read.as_dict(), "digest": read.digest, "answer": pricing.price(read).as_dict()}
        content, kind = json.dumps(said, ensure_ascii=False, indent=1).encode(), "application/json"
    else:
        content, kind = mapping.workbook(read), XLSX
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{subject.case.key}-v{subject.case.version}.{form}"'
    response["Cache-Control"] = "private, no-store"
    return response


class FileForm(forms.Form):
    """A case that comes in as a file; a foreign workbook says where its inputs stand."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A case as JSON, our workbook, or a workbook of your own (.xlsx)."),
        required=False,
    )
    cells = forms.CharField(
        label=gettext_lazy("Where the inputs stand in your own workbook"),
        help_text=gettext_lazy("One on each line, such as: centre.handling_minutes = Inputs!B3"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    content = forms.CharField(required=False, max_length=5_000_000, widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest, key: str) -> HttpResponse:
    """Preview what a file would change, then take it in as one new version."""
    subject = desk.found(request, key, "edit")
    form = FileForm(request.POST or None, request.FILES or None)
    changes: list[Change] = []
    content: dict[str, Any] | None = None
    lines: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            content = _read(form, subject.content)
            pricing.price(pricing.read(content))
            changes = differences(subject.content, pricing.read(content).as_dict())
            if request.POST.get("do") == "take":
                actions.save(subject.case, content, subject.case.version, desk.actor_on(request), via="import")
                messages.success(request, _("Taken in as a new version."))
                return HttpResponseRedirect(reverse("pricing:case", args=[key]))
        except Faulty as faulty:
            lines, content = desk.fault_lines(faulty.faults), None
        except Refused as refused:
            lines, content = [desk.said(one) for one in refused.refusals], None
    context = desk.frame(subject, "edit", _("Import")) | {
        "form": form,
        "lines": lines,
        "changes": desk.told(changes),
        "content": json.dumps(content, ensure_ascii=False) if content else "",
        "is_same": content is not None and not changes,
    }
    return render(request, "pricing/import.html", context, status=422 if lines or form.errors else 200)


def _read(form: FileForm, standing: dict[str, Any]) -> dict[str, Any]:
    """The content in the file, or what was previewed."""
    given = form.cleaned_data
    upload = given.get("file")
    if upload is None:
        return _json((given["content"] or "").encode())
    if upload.size > LARGEST:
        raise Faulty([Fault("", mapping.too_large(LARGEST))])
    raw = upload.read()
    if raw.startswith(b"PK"):
        return mapping.content_of(raw, given["cells"], standing)
    return _json(raw)


def _json(raw: bytes) -> dict[str, Any]:
    """JSON as people write it."""
    value, faults = strictjson.read(raw)
    if faults:
        raise Faulty(faults)
    return value if isinstance(value, dict) else pricing.read(value).as_dict()  # type: ignore[arg-type]
