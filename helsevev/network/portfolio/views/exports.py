"""The current selection as a file or a feed: CSV, Excel, JSON, RSS and JSON Feed."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.commons.ui.views import feeds
from helsevev.core.tables import XLSX, Cell, Sheet, csv_lines, write_xlsx
from helsevev.network.portfolio.queries import news, records, sheets
from helsevev.network.portfolio.queries.listing import Selection
from helsevev.network.portfolio.rules import LISTS

# An ordinary selection's workbook stays in memory while it is written; a large one goes to disk.
IN_MEMORY = 4_000_000


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The selection as a file. Rows are fetched and sent in portions; no file ever stands whole in memory."""
    chosen = _selections(request)
    today = timezone.localdate()
    response = {"csv": _csv, "xlsx": _xlsx, "json": _json}[form](chosen, request, today)
    response["Content-Disposition"] = f'attachment; filename="helsevev-projects-{today:%Y-%m-%d}.{form}"'
    response["Cache-Control"] = "private, no-cache"
    return response


def _selections(request: HttpRequest) -> list[Selection]:
    person = request.person  # type: ignore[attr-defined] # a middleware sets it
    return records.selections(dict(request.GET.lists()), person, get_language() or "nb")


def _keys(chosen: Sequence[Selection]) -> list[str]:
    return [key for selection in chosen for key in records.keys(selection.projects)]


def _table(chosen: Sequence[Selection], today: date) -> tuple[list[str], Iterator[Sequence[Cell]], int]:
    """Headings, rows as they come, and how many there will be."""
    address = settings.SITE_URL + reverse("portfolio:list")
    using = sheets.Writing.of(chosen[0].naming, address, _)
    wanted = _keys(chosen)
    found = records.records(wanted, today, drafts=chosen[0].is_staff)
    return sheets.header(_), sheets.body(found, using), len(wanted)


def _csv(chosen: Sequence[Selection], _request: HttpRequest, today: date) -> HttpResponseBase:
    """The table as text."""
    header, rows, _total = _table(chosen, today)
    return StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")


def _xlsx(chosen: Sequence[Selection], request: HttpRequest, today: date) -> HttpResponseBase:
    """The table as a workbook, and beside it a sheet that says what it is."""
    header, rows, total = _table(chosen, today)
    said = [choice.label for selection in chosen[:1] for choice in selection.chosen]
    about = sheets.about(total, said, settings.SITE_URL + request.get_full_path(), today)
    notes = [(_(label), value) for label, value in about]
    notes.append((_("Empty cells"), _("The source doesn't state it.")))
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    pages = [
        Sheet(_("Projects"), header, rows, sheets.widths()),
        Sheet(_("About the data"), [_("What"), _("Value")], notes, [24, 90]),
    ]
    write_xlsx(file, pages)
    file.seek(0)
    return FileResponse(file, content_type=XLSX)


def _json(chosen: Sequence[Selection], request: HttpRequest, today: date) -> HttpResponseBase:
    """The selection in the shape that `helsevev load portfolio` takes (docs/portfolio.schema.json)."""
    about = f"Exported {today:%Y-%m-%d} from {settings.SITE_URL}{request.get_full_path()}"
    parts = {selection.choices.listing: records.keys(selection.projects) for selection in chosen}
    return StreamingHttpResponse(
        _json_pieces(about, parts, drafts=chosen[0].is_staff), content_type="application/json; charset=utf-8"
    )


def _json_pieces(about: str, parts: dict[str, list[str]], *, drafts: bool) -> Iterator[str]:
    """One line for each project, so that two exports can be compared line by line."""
    yield f'{{"about": {json.dumps(about)}'
    for name, listing in LISTS.items():
        yield f',\n"{name}": ['
        between = "\n"
        for row in records.rows(parts.get(listing, ()), drafts=drafts):
            yield between + json.dumps(row, ensure_ascii=False)
            between = ",\n"
        yield "]"
    yield "\n}\n"


# --- Feeds -----------------------------------------------------------------------------------------------------------
@require_safe
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """New and changed projects of the selection, newest first; the same for everyone, so drafts never."""
    chosen, home = _selections(request), settings.SITE_URL + reverse("portfolio:list")
    found = feeds.Feed(
        title=_titled(_("Helsevev: news of projects"), [choice.label for choice in chosen[0].chosen]),
        about=_("New and changed projects in the portfolio."),
        language=chosen[0].naming.language,
        home=home,
        own=settings.SITE_URL + request.get_full_path(),
        entries=[_entry(item, home) for item in news.of(chosen)],
    )
    return feeds.answer(request, found, form)


def _titled(title: str, narrowed: Sequence[str]) -> str:
    return f"{title} ({', '.join(narrowed)})" if narrowed else title


def _entry(item: news.Item, home: str) -> feeds.Entry:
    # The same name in every selection; a further change makes a new item.
    name = f"tag:{urlsplit(home).hostname},2026:project/{item.key}/{item.version}"
    return feeds.Entry(
        name, f"{home}{item.key}/", item.headline, item.lead.text, item.changed_at, language=item.title.lang or ""
    )
