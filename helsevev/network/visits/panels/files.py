"""All that was counted, as files: months and quarters, and what is told apart in the period that is looked at."""

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from helsevev.core.opendata import LICENCE, LICENCE_NAME
from helsevev.core.tables import Cell, Sheet, csv_lines, write_xlsx
from helsevev.core.visits import CHANNELS, DEVICES, Period
from helsevev.network.visits.panels.charts import Counted, note
from helsevev.network.visits.panels.naming import value_name
from helsevev.network.visits.queries.counts import Totals

NUMBERS = ("visits", "visitors", "views", *map(str, CHANNELS), *map(str, DEVICES), "robots", "declined")


def written(form: str, counted: Counted, months: Mapping[Period, Totals]) -> bytes:
    """The file's bytes."""
    return WRITERS[form](counted, months)


def numbers(totals: Totals) -> list[int]:
    """One row."""
    return [totals.visits if name == "visits" else totals[name] for name in NUMBERS]


def _lines(counted: Counted, months: Mapping[Period, Totals]) -> Iterator[Sequence[Cell]]:
    """One line a number: period, what, value, count."""
    for totals_of in (counted.quarters, months):
        for period, totals in totals_of.items():
            for name, count in zip(NUMBERS, numbers(totals), strict=True):
                yield [period.name, name, "", count]
    for kind, counts in counted.apart.items():
        for value, count in counts.items():
            yield [counted.period.name, kind, value_name(kind, value), count]


def _csv(counted: Counted, months: Mapping[Period, Totals]) -> bytes:
    return b"".join(csv_lines([_("Period"), _("What"), _("Value"), _("Count")], _lines(counted, months)))


def _xlsx(counted: Counted, months: Mapping[Period, Totals]) -> bytes:
    file = io.BytesIO()
    head = [_("Period"), *NUMBERS]
    sheets = [
        Sheet(title, head, ([period.name, *numbers(totals)] for period, totals in rows.items()))
        for title, rows in ((_("Quarters"), counted.quarters), (_("Months"), months))
    ]
    apart = [line[1:] for line in _lines(counted, {}) if line[2]]
    sheets.append(Sheet(counted.period.name, [_("What"), _("Value"), _("Count")], apart))
    licence = f"{LICENCE_NAME} {LICENCE}"
    about = [(_("What is counted"), note()), (_("Licence"), licence), (_("Address"), settings.SITE_URL)]
    sheets.append(Sheet(_("About the data"), [_("What"), _("Value")], about))
    write_xlsx(file, sheets)
    return file.getvalue()


def _json(counted: Counted, months: Mapping[Period, Totals]) -> bytes:
    told: dict[str, object] = {
        "licence": LICENCE,
        "about": note(),
        "quarters": _by_name(counted.quarters),
        "months": _by_name(months),
        counted.period.name: counted.apart,
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _by_name(rows: Mapping[Period, Totals]) -> dict[str, dict[str, int]]:
    return {period.name: dict(zip(NUMBERS, numbers(totals), strict=True)) for period, totals in rows.items()}


WRITERS: Mapping[str, Callable[[Counted, Mapping[Period, Totals]], bytes]] = {"csv": _csv, "xlsx": _xlsx, "json": _json}
