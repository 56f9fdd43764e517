"""The figures of all years as a picture and as files."""

import io
import json
from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from helsevev.core import charts
from helsevev.core.annual import Line
from helsevev.core.charts.wording import number
from helsevev.core.opendata import LICENCE, LICENCE_NAME
from helsevev.core.tables import Cell, Sheet, csv_lines, write_xlsx

DRAWN = "projects.new"


def chart(lines: Sequence[Line], years: Sequence[int], language: str) -> charts.Columns | None:
    """What was awarded each year, the oldest first."""
    line = next((one for one in lines if one.key == DRAWN), None)
    if line is None or len(years) < 2:
        return None
    counted = [(year, line.values[year].number if year in line.values else 0) for year in reversed(years)]
    most = max(many for _year, many in counted)
    leading = ", ".join(str(year) for year, many in counted if many == most)
    said = {"years": leading, "number": number(most, language)}
    return charts.Columns(
        name="awarded",
        title=_("Most projects were awarded in %(years)s: %(number)s") % said,
        heads=(_("Year"), _("Projects")),
        rows=tuple(charts.Row(str(year), many, many == most) for year, many in counted),
        note=_("Counted from the projects of each year's report."),
        language=language,
    )


def written(form: str, lines: Sequence[Line], years: Sequence[int]) -> bytes:
    """All lines as a file; an empty place where nothing is known."""
    return WRITERS[form](lines, years)


def _table(lines: Sequence[Line], years: Sequence[int]) -> tuple[list[str], list[list[Cell]]]:
    header = [_("Key"), _("Figure"), _("Unit"), *map(str, years), _("Only stated by a source")]
    rows: list[list[Cell]] = []
    for line in lines:
        values = [line.values[year].number if year in line.values else None for year in years]
        stated = ", ".join(str(year) for year, value in line.values.items() if value.stated)
        rows.append([line.key, line.label, line.unit, *values, stated])
    return header, rows


def _csv(lines: Sequence[Line], years: Sequence[int]) -> bytes:
    return b"".join(csv_lines(*_table(lines, years)))


def _xlsx(lines: Sequence[Line], years: Sequence[int]) -> bytes:
    file = io.BytesIO()
    about = [(_("Licence"), f"{LICENCE_NAME} {LICENCE}"), (_("Address"), settings.SITE_URL)]
    write_xlsx(
        file, [Sheet(_("Figures"), *_table(lines, years)), Sheet(_("About the data"), [_("What"), _("Value")], about)]
    )
    return file.getvalue()


def _json(lines: Sequence[Line], years: Sequence[int]) -> bytes:
    figures = [
        {
            "key": line.key,
            "label": line.label,
            "unit": line.unit,
            "values": {str(year): {"value": one.number, "stated": one.stated} for year, one in line.values.items()},
        }
        for line in lines
    ]
    return json.dumps({"licence": LICENCE, "years": list(years), "figures": figures}, ensure_ascii=False).encode()


WRITERS: Mapping[str, Callable[[Sequence[Line], Sequence[int]], bytes]] = {"csv": _csv, "xlsx": _xlsx, "json": _json}
