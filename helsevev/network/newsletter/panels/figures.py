"""Letters in figures: a table, a chart that says its message, and files, all from the same rows."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from helsevev.core import charts
from helsevev.core.charts.wording import day as day_said
from helsevev.core.charts.wording import number
from helsevev.core.newsletter import content
from helsevev.core.tables import XLSX, Cell, Sheet, csv_lines, write_xlsx
from helsevev.network.newsletter.models import Letter
from helsevev.network.newsletter.queries import letters, numbers
from helsevev.network.newsletter.queries.numbers import Numbers

TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": XLSX,
}
DRAWN = 24


@dataclass(frozen=True)
class Line:
    """One letter in figures (linje)."""

    letter: Letter
    subject: str
    day: str
    numbers: Numbers


def lines(language: str) -> list[Line]:
    """Every letter that went out, the newest first."""
    tongue = letters.tongue()
    return [
        Line(one, content.in_tongue(one.subjects, tongue), _day(one, language), numbers.of(one))
        for one in letters.public()
    ]


def _day(letter: Letter, language: str) -> str:
    assert letter.began_at is not None  # it went out
    return day_said(timezone.localdate(letter.began_at).isoformat(), language, short=True)


def chart(rows: Sequence[Line], language: str) -> charts.Columns | None:
    """The click rate from letter to letter, without scanners; the highest is what the title speaks of."""
    rated = [(one, rate) for one in reversed(rows[:DRAWN]) if (rate := one.numbers.rate) is not None]
    if not rated:
        return None
    best, most = max(rated, key=lambda pair: pair[1])
    values = {"rate": number(most, language), "day": best.day}
    return charts.Columns(
        name="rates",
        title=_("Most clicked in the letter of %(day)s: %(rate)s percent of those it reached") % values,
        heads=(_("Sent"), _("Click rate, percent")),
        rows=tuple(charts.Row(one.day, rate, one is best) for one, rate in rated),
        note=_("Unique clickers without scanners, in percent of the letters that arrived."),
        language=language,
    )


def heads() -> list[str]:
    """The heads of the table."""
    return [
        _("Letter"), _("Sent"), _("Addressed"), _("Delivered"), _("Refused"), _("Came back"), _("Unknown"),
        _("Clicked"), _("Clicked, scanners too"), _("Click rate, percent"), _("With scanners, percent"),
        _("Unsubscribed"),
    ]  # fmt: skip


def cells(one: Line) -> list[Cell]:
    """One row."""
    told = one.numbers
    return [
        one.subject, one.day, told.addressed, told.delivered, told.refused, told.returned, told.unknown,
        told.people, told.every, told.rate, told.rate_with_machines, one.letter.left,
    ]  # fmt: skip


def written(form: str, language: str) -> bytes:
    """All of it as a file."""
    rows = [cells(one) for one in lines(language)]
    if form == "csv":
        return b"".join(csv_lines(heads(), rows, ";" if language != "en" else ","))
    held = io.BytesIO()
    write_xlsx(held, [Sheet(_("Newsletter"), heads(), rows, (50, 16, *(14,) * 10))])
    return held.getvalue()
