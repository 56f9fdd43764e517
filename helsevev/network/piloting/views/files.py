"""Files to take away: the pace as a picture, the weeks as tables, the protocol as PDF."""

import io
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import dateformat, timezone
from django.utils.formats import get_format
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.core import charts, papers
from helsevev.core.tables import XLSX, Sheet, csv_lines, write_xlsx
from helsevev.network.piloting.models import Paper
from helsevev.network.piloting.queries import pictures, telling
from helsevev.network.piloting.queries.papers import Laid
from helsevev.network.piloting.queries.pilots import Story
from helsevev.network.piloting.rules import protocol
from helsevev.network.piloting.views import door

KINDS = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8",
    "xlsx": XLSX,
    "pdf": "application/pdf",
}


def chart(story: Story, day: date) -> charts.Course | None:
    """The pace on a day; its title says the message."""
    pace, found = story.pace_on(day), story.outlook_on(day)
    if pace is None:
        return None
    title = _(found.sentence) % dict(found.values) if found else _("Nothing is counted yet.")
    note = _("The band is the forecast's 95 per cent interval under the plan's prior. Counts by %(day)s.") % {
        "day": telling.day(pace.until if pace.weeks else day)
    }
    return pictures.course(pace, found, title, note)


def figure(story: Story, day: date) -> dict[str, object] | None:
    """The variables of the component ui/figure.html."""
    made = chart(story, day)
    if made is None:
        return None
    args = [story.pilot.initiative.key, story.pilot.number]
    asked = f"?on={day.isoformat()}" if day != story.today else ""
    files = [
        {"label": form.upper(), "url": reverse("piloting:picture", args=[*args, form]) + asked}
        for form in ("svg", "png", "csv")
    ]
    wide, narrow = charts.inline(made, charts.WIDE), charts.inline(made, charts.NARROW)
    columns = [{"label": head, "numeric": at > 0} for at, head in enumerate(made.heads)]
    return {
        "id": made.name,
        "title": _("Pace against plan"),
        # Drawn by ourselves, every word in it escaped.
        "body": mark_safe(f'<div class="on-wide">{wide}</div><div class="on-narrow">{narrow}</div>'),  # noqa: S308
        "note": made.note,
        "table": {"columns": columns, "rows": [list(row) for row in made.table()]},
        "downloads": files,
    }


def _file(content: bytes, form: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=KINDS[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def picture(request: HttpRequest, key: str, number: str, form: str) -> HttpResponse:
    """The picture as a file, or its numbers."""
    here = door.pilot(request, key, _whole(number))
    asked = protocol.day(request.GET.get("on"))
    made = chart(here.story, asked if asked and asked <= here.story.today else here.story.today)
    if made is None:
        raise Http404
    name = f"{key}-pilot-{number}"
    if form == "csv":
        return _file(b"".join(csv_lines(made.heads, made.table())), form, name)
    content = charts.png(made) if form == "png" else charts.draw(made, alone=True).encode()
    return _file(content, form, name)


@require_safe
def weeks(request: HttpRequest, key: str, number: str, form: str) -> HttpResponse:
    """Every row that was ever counted."""
    here = door.pilot(request, key, _whole(number))
    header, rows = pictures.header(), list(pictures.file_rows(here.story))
    name = f"{key}-pilot-{number}-weeks"
    if form == "csv":
        return _file(b"".join(csv_lines(header, rows)), form, name)
    made = io.BytesIO()
    write_xlsx(made, [Sheet(_("Weeks"), header, rows)])
    return _file(made.getvalue(), form, name)


@require_safe
def pdf(request: HttpRequest, key: str, number: str, version: str) -> HttpResponse:
    """A protocol that was laid forward, with its signatures; the same signatures give the same bytes."""
    here = door.pilot(request, key, _whole(number))
    found = door.laid(here.story.paper, _whole(version))
    about = papers.About(get_language() or "nb", found.row.offered_at, _("The network"), _)
    return _file(papers.minutes(_paper(here, found), about), "pdf", f"{key}-pilot-{number}-protocol-{version}")


def _paper(here: door.Here, found: Laid) -> papers.Minutes:
    facts = [
        (_("Project"), here.inside.title),
        (_("Version"), str(found.row.number)),
        (_("State"), _(found.standing_name)),
        (_("Laid forward"), _when(found.row.offered_at)),
        (_("Digest"), found.row.digest),
    ]
    items = [
        papers.Item(part.title, decisions=list(part.lines) or ["–"])
        for part in telling.parts(Paper.Kind.PROTOCOL, found.content)
    ]
    signed = [
        f"{one.name}: {found.signatures[one.key].name}, {_when(found.signatures[one.key].at)}"
        if one.key in found.signatures
        else f"{one.name}: {_('Not yet')}"
        for one in found.parties
    ]
    items.append(papers.Item(_("Signatures"), decisions=signed))
    return papers.Minutes(_("Pilot protocol"), facts, items)


def _when(at: object) -> str:
    return dateformat.format(timezone.localtime(at), get_format("DATETIME_FORMAT"))  # type: ignore[arg-type]


def _whole(number: str) -> int:
    return int(number) if len(number) < 10 else 2**31
