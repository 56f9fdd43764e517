"""Import from Excel in the browser: fetch a workbook, send it back, see what it would do, and do it."""

import re
import tempfile
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.commons.initiatives.queries import taxonomy
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import may
from helsevev.core.faults import Fault, Faulty
from helsevev.core.tables import LIMITS, XLSX, Why, write_xlsx
from helsevev.core.words import Refusal, Refused
from helsevev.network.portfolio import rules
from helsevev.network.portfolio.actions import Preview, importing, preview
from helsevev.network.portfolio.forms import Workbook, read_workbook
from helsevev.network.portfolio.forms.upload import UploadForm
from helsevev.network.portfolio.models import Import
from helsevev.network.portfolio.queries import history, showing, workbook
from helsevev.network.portfolio.queries.naming import Naming
from helsevev.network.portfolio.views.desk import person_on, said

IN_MEMORY = 4_000_000
MOST_SHOWN = 100
ROW = re.compile(r"row\[(\d+)\]\.?(.*)")


def _importer(request: HttpRequest) -> User:
    """Who imports; nobody else finds anything here."""
    if not may(person_on(request), "import", rules.PERMISSIONS) or not isinstance(request.user, User):
        raise Http404
    return request.user


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """What to do, the workbooks to fetch, and the door for the one that comes back."""
    user = _importer(request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    faults: list[str] = []
    if form.is_bound and form.is_valid():
        try:
            sheet = _read(user, form.cleaned_data["file"])
            return HttpResponseRedirect(reverse("portfolio:import_preview", args=[sheet.key]))
        except Faulty as faulty:
            faults = [_line(fault) for fault in faulty.faults]
        except Refused as refused:
            form.add_error("file", [said(refusal) for refusal in refused.refusals])
    wrong = bool(faults or form.errors)
    context = {"form": form, "faults": faults[:MOST_SHOWN], "more": len(faults) - MOST_SHOWN, **_crumbs()}
    return render(request, "portfolio/import.html", context, status=422 if wrong else 200)


def _read(user: User, file: UploadedFile[Any]) -> Import:
    """Read the sheet and hold it; every fault at once, and then nothing is held."""
    if (file.size or 0) > LIMITS.size:
        raise Refused(Refusal(Why.TOO_BIG, {"most": LIMITS.size // 1_000_000}))
    book: Workbook = read_workbook(file.read(), taxonomy())
    shown = preview(book.incoming)
    if shown.faults:
        raise Faulty(shown.faults)
    return importing.hold(user, file.name or "", book.incoming)


def _line(fault: Fault) -> str:
    """A fault with its place as the workbook has it: the row's number, and what its column is called."""
    refusal = fault.refusal
    if other := ROW.fullmatch(str(refusal.values.get("first", ""))):
        refusal = Refusal(refusal.why, {**refusal.values, "first": _("row %(number)s") % {"number": other[1]}})
    found = ROW.fullmatch(fault.place)
    if not found:
        return f"{fault.place}: {said(refusal)}" if fault.place else said(refusal)
    name = rules.field_at(re.findall(r"[a-z_]+", found[2]))
    column = _(rules.FIELDS[name].label) if name else found[2]
    words = {"number": found[1], "column": column, "why": said(refusal)}
    return (_("Row %(number)s, %(column)s: %(why)s") if found[2] else _("Row %(number)s: %(why)s")) % words


def _held(request: HttpRequest, key: UUID) -> Import:
    """A sheet of the person who asks."""
    sheet = importing.held(_importer(request), str(key))
    if sheet is None:
        raise Http404
    return sheet


@require_safe
def look(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the sheet would do, row by row; or what it did."""
    return _show(request, _held(request, key))


@require_POST
def take_in(request: HttpRequest, key: UUID) -> HttpResponse:
    """Do what was shown."""
    sheet = _held(request, key)
    try:
        importing.take_in(sheet, request.POST.get("agreed", ""))
    except Faulty as faulty:
        return _show(request, sheet, [said(fault.refusal) for fault in faulty.faults])
    except Refused as refused:
        return _show(request, sheet, [said(refusal) for refusal in refused.refusals])
    return HttpResponseRedirect(reverse("portfolio:import_preview", args=[sheet.key]))


def _show(request: HttpRequest, sheet: Import, why: list[str] | None = None) -> HttpResponse:
    """The preview, or the result."""
    if sheet.result is not None:
        context = {"sheet": sheet, "result": sheet.result, **_crumbs(_("Imported"))}
        return render(request, "portfolio/import_result.html", context)
    shown = preview(importing.incoming_of(sheet))
    context = {
        "sheet": sheet,
        "shown": shown,
        "rows": _rows(shown),
        "made": sum(row.made for row in shown.rows),
        "changed": sum(bool(row.changes) and not row.made for row in shown.rows),
        "more": max(0, len(shown.rows) - MOST_SHOWN),
        "faults": [_line(fault) for fault in shown.faults],
        "agreed": importing.digest(shown),
        "why": why or [],
        **_crumbs(_("What the import would do")),
    }
    return render(request, "portfolio/import_preview.html", context, status=409 if why else 200)


def _rows(shown: Preview) -> list[Mapping[str, object]]:
    """What would be done to each project, field by field."""
    naming = Naming(get_language() or "nb")
    return [
        {
            "key": row.key,
            "made": row.made,
            "fields": history.told_changes(row.changes, naming),
            "kept": history.field_labels(row.kept),
        }
        for row in shown.rows[:MOST_SHOWN]
    ]


@require_safe
def download(request: HttpRequest, what: str) -> HttpResponseBase:
    """The workbook: the portfolio as it stands, or the template without projects."""
    _importer(request)
    keys = showing.every_key() if what == "portfolio" else []
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    write_xlsx(file, workbook.sheets(keys, Naming(get_language() or "nb"), _))
    file.seek(0)
    response = FileResponse(file, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="helsevev-{what}-{timezone.localdate():%Y-%m-%d}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


def _crumbs(here: str = "") -> dict[str, object]:
    """The way to these pages."""
    top = {"label": _("Work with projects"), "url": reverse("portfolio:staff")}
    first = {"label": _("Import from Excel"), **({"url": reverse("portfolio:import")} if here else {})}
    return {"breadcrumbs": [top, first, *([{"label": here}] if here else [])], "robots": "noindex"}
