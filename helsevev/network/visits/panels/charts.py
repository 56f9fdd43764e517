"""Charts of a period, each with a title that says what it shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from helsevev.core import charts
from helsevev.core.charts.wording import number, share
from helsevev.core.visits import OTHER, Period
from helsevev.network.visits.panels.naming import period_name, value_name
from helsevev.network.visits.queries.counts import Totals

MOST_ROWS, MOST_QUARTERS = 10, 9


@dataclass(frozen=True)
class Counted:
    """All that is shown of a period (tall).

    `before`: the same part of the year before; of a period that goes on, the same days.
    """

    period: Period
    totals: Totals
    before: Totals | None
    quarters: Mapping[Period, Totals]
    goes_on: bool = False
    apart: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def drawn(counted: Counted, language: str) -> list[charts.Drawable]:
    """The charts that there is something to draw for."""
    heads = {"channels": _("Came by"), "devices": _("Device"), "languages": _("Language"), "countries": _("Country")}
    totals = counted.totals
    found: list[charts.Drawable | None] = [
        _quarters(counted, language),
        _ways("channels", heads["channels"], "channel", totals.channels, language),
        _ways("devices", heads["devices"], "device", totals.devices, language),
        _ways("languages", heads["languages"], "language", counted.apart.get("language", {}), language),
        _ways("countries", heads["countries"], "country", counted.apart.get("country", {}), language),
        _pages(counted.apart.get("page", {}), language),
    ]
    return [one for one in found if one is not None]


def note() -> str:
    """Who is in the numbers; a demonstration's are made up."""
    counted = _("Those who are signed in, programs, and people who ask not to be counted are left out.")
    return f"{_('Invented numbers, for the demonstration.')} {counted}" if settings.DEMO else counted


def _quarters(counted: Counted, language: str) -> charts.Columns | None:
    """The newest quarters, the oldest first, up to the one that is looked at."""
    shown = [one for one in counted.quarters if one.first <= counted.period.last][:MOST_QUARTERS]
    if len(shown) < 2:
        return None
    rows = tuple(
        charts.Row(f"Q{one.quarter} {one.year}", counted.quarters[one].visits, one == counted.period)
        for one in reversed(shown)
    )
    title = change(counted, language)
    heads = (_("Quarter"), _("Visits"))
    return charts.Columns(name="quarters", title=title, heads=heads, rows=rows, note=note(), language=language)


def change(counted: Counted, language: str) -> str:
    """The period in a sentence, beside the same part of the year before where that was counted."""
    period = period_name(counted.period)
    if counted.goes_on:
        period = _("%(period)s so far") % {"period": period}
    values = {"period": period, "number": number(counted.totals.visits, language)}
    if not counted.before or not counted.before.visits:
        return _("%(period)s: %(number)s visits") % values
    more = counted.totals.visits - counted.before.visits
    values["share"] = share(abs(more), counted.before.visits, language)
    if more > 0:
        return _("%(period)s: %(number)s visits, %(share)s more than the year before") % values
    if more < 0:
        return _("%(period)s: %(number)s visits, %(share)s fewer than the year before") % values
    return _("%(period)s: %(number)s visits, as many as the year before") % values


def _ways(name: str, head: str, kind: str, counts: Mapping[str, int], language: str) -> charts.Bars | None:
    """Bars of what visits are told apart by."""
    whole = sum(counts.values())
    named = {value: count for value, count in counts.items() if value != OTHER}
    if not whole or not any(named.values()):
        return None
    best = max(named, key=lambda value: named[value])
    title = _("%(head)s: %(leading)s leads, with %(share)s of the visits") % {
        "head": head,
        "leading": value_name(kind, best),
        "share": share(named[best], whole, language),
    }
    rows = _rows(kind, counts, best)
    return charts.Bars(name=name, title=title, heads=(head, _("Visits")), rows=rows, note=note(), language=language)


def _pages(counts: Mapping[str, int], language: str) -> charts.Bars | None:
    named = [value for value in counts if value != OTHER]
    if not named:
        return None
    title = _("Opened most: %(page)s, %(number)s times") % {
        "page": value_name("page", named[0]),
        "number": number(counts[named[0]], language),
    }
    rows = _rows("page", counts, named[0])
    heads = (_("Page"), _("Times opened"))
    return charts.Bars(name="pages", title=title, heads=heads, rows=rows, note=note(), language=language)


def _rows(kind: str, counts: Mapping[str, int], best: str) -> tuple[charts.Row, ...]:
    """The highest, and all others together."""
    values = [value for value in counts if value != OTHER and counts[value]][:MOST_ROWS]
    rest = sum(counts.values()) - sum(counts[value] for value in values)
    rows = [charts.Row(value_name(kind, value), counts[value], value == best) for value in values]
    return (*rows, charts.Row(value_name(kind, OTHER), rest, stated=False)) if rest else tuple(rows)
