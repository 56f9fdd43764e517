"""How a page shows a picture of this room, and what the front door may show of it."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from helsevev.core import charts
from helsevev.core.frame import Block, Page, Section


def home(_language: str) -> Iterable[Block]:
    """The tools that are open to everyone."""
    return [Block(30, "pricing/_home.html", {"address": reverse("pricing:comparison")})]


def sections() -> Iterable[Section]:
    """The open tools, for search engines."""
    with override(settings.LANGUAGE_CODE):
        pages = [Page(reverse("pricing:comparison"))]
    return [Section("prices", len(pages), lambda first, most: pages[first : first + most])]


def figure(chart: charts.Drawable, address: str, query: Mapping[str, str]) -> dict[str, object]:
    """The variables of the component ui/figure.html, with the picture in the page itself."""
    files = [
        {"label": label, "url": f"{address}.{form}?{urlencode({**query, **more})}"}
        for label, form, more in (("SVG", "svg", {"alone": "1"}), ("PNG", "png", {}), ("CSV", "csv", {}))
    ]
    wide, narrow = charts.inline(chart, charts.WIDTHS["half"]), charts.inline(chart, charts.NARROW)
    return {
        "id": chart.name,
        "title": chart.title,
        # Drawn by ourselves, every word in it escaped.
        "body": mark_safe(f'<div class="on-wide">{wide}</div><div class="on-narrow">{narrow}</div>'),  # noqa: S308
        "note": " ".join(part for part in (chart.note, chart.source) if part),
        "table": table(chart),
        "downloads": files,
    }


def table(chart: charts.Drawable) -> dict[str, object]:
    """The numbers drawn, as the component ui/table.html takes them."""
    raw = chart.table()
    numeric = [all(not isinstance(row[at], str) for row in raw) for at in range(len(chart.heads))]
    return {
        "columns": [{"label": head, "numeric": right} for head, right in zip(chart.heads, numeric, strict=True)],
        "rows": [list(row) for row in raw],
    }


def tabs(key: str, here: str, shown: Iterable[tuple[str, str]]) -> list[dict[str, object]]:
    """The pages of a case, as the component ui/tabs.html takes them."""
    return [
        {"label": _(label), "url": reverse(f"pricing:{name}", args=[key]), "current": name == here}
        for name, label in shown
    ]
