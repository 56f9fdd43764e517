"""How a page shows a picture: where its files lie, its table, and the variables of the component ui/figure.html."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from helsevev.core import charts


@dataclass(frozen=True)
class Place:
    """Where a chart's files lie (without ending), and what else their addresses must say."""

    address: str
    query: Mapping[str, str]

    def file(self, form: str, **asked: str) -> str:
        """The address of one file."""
        query = urlencode({**self.query, **asked})
        return f"{self.address}.{form}?{query}" if query else f"{self.address}.{form}"


def figure(
    chart: charts.Drawable, place: Place, urls: Sequence[str] = (), note: str | None = None, size: str = "wide"
) -> dict[str, object]:
    """The variables of the component ui/figure.html.

    `urls`: where each row of the table leads, if anywhere; `size`: "half" where two stand beside each other.
    """
    wide, narrow = charts.lay(chart, charts.WIDTHS[size]), charts.lay(chart, charts.NARROW)
    version = {"v": charts.digest(chart)}
    return {
        "id": chart.name,
        "title": chart.title,
        "alt": _("A picture of the numbers in the table"),
        "light": place.file("svg", palette="light", width=size, **version),
        "dark": place.file("svg", palette="dark", width=size, **version),
        "narrow_light": place.file("svg", palette="light", width="narrow", **version),
        "narrow_dark": place.file("svg", palette="dark", width="narrow", **version),
        "width": round(wide.width),
        "height": round(wide.height),
        "narrow_width": round(narrow.width),
        "narrow_height": round(narrow.height),
        "note": chart.note if note is None else note,
        "table": table(chart, urls),
        "downloads": [
            {"label": "SVG", "url": place.file("svg", alone="1")},
            {"label": "PNG", "url": place.file("png")},
            {"label": "CSV", "url": place.file("csv")},
        ],
    }


def table(chart: charts.Drawable, urls: Sequence[str] = ()) -> dict[str, object]:
    """The numbers drawn, as the component ui/table.html takes them."""
    rows = [list(row) for row in chart.table()]
    for row, url in zip(rows, urls, strict=False):
        if url:
            row[0] = format_html('<a href="{}">{}</a>', url, row[0])
    numeric = [all(not isinstance(row[place], str) for row in rows) for place in range(len(chart.heads))]
    return {
        "columns": [{"label": head, "numeric": number} for head, number in zip(chart.heads, numeric, strict=True)],
        "rows": rows,
    }
