"""What was counted and entered in a year, for the annual report."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from helsevev.core import annual
from helsevev.core.annual.wording import FAMILIES, Said
from helsevev.core.visits import CHANNELS, Period, month_of
from helsevev.core.visits.followers import year_of
from helsevev.network.visits.queries import counts, social
from helsevev.network.visits.queries.counts import Totals


def figures(year: int, cutoff: date) -> Iterator[annual.Tally]:
    """Only what was counted here: nothing of a year or quarter before the first day that was counted."""
    months = {one: totals for one, totals in counts.by_month(date(year, 1, 1), cutoff).items() if totals["views"]}
    yield from _web(months)
    yield from _followers(year, cutoff)


def _web(months: Mapping[Period, Totals]) -> Iterator[annual.Tally]:
    began = counts.since()
    for quarter in sorted({one.quarter for one in months}):
        rows = {one: totals for one, totals in months.items() if one.quarter == quarter}
        note = _counted_from(began) if began and began > min(rows, key=lambda one: one.first).first else ""
        yield _sum(f"web.visits.Q{quarter}", {one: totals.visits for one, totals in rows.items()}, note)
        note = " ".join(filter(None, [_("The sum of the days: who comes on two days counts on both."), note]))
        yield _sum(f"web.unique.Q{quarter}", {one: totals["visitors"] for one, totals in rows.items()}, note)
    whole = sum(one.visits for one in months.values())
    if not whole:
        return
    for key, parts in SHARES.items():
        many = sum(totals[part] for totals in months.values() for part in parts)
        yield annual.Tally(key, round(100 * many / whole, 1), n=whole)


SHARES: Mapping[str, tuple[str, ...]] = {
    **{f"web.channels.{channel}": (channel,) for channel in CHANNELS},
    "web.search_or_direct_pct": ("search", "direct"),
    "web.pc_pct": ("computer",),
    "web.mobile_tablet_pct": ("mobile", "tablet"),
}


def _counted_from(began: date) -> str:
    return _("Counted from %(day)s.") % {"day": date_format(began, "DATE_FORMAT")}


def _sum(key: str, amounts: Mapping[Period, int], note: str) -> annual.Tally:
    """A figure that is the sum of its months, each of which can be looked at."""
    rows = tuple(
        annual.Behind(one.name, date_format(one.first, "F Y"), f"{reverse('visits:visits')}?period={one.name}", amount)
        for one, amount in sorted(amounts.items(), key=lambda pair: pair[0].first)
    )
    return annual.Tally(key, float(sum(amounts.values())), rows, note=note)


def _followers(year: int, cutoff: date) -> Iterator[annual.Tally]:
    """Each channel's year; the months that were entered say how much it rests on."""
    for channel, months in social.entered(first=date(year, 1, 1), last=month_of(cutoff).first).items():
        found = year_of(months)
        note = _("Entered for %(months)s of the year's months.") % {"months": found.months}
        for name in ("followers", "new", "growth_pct", "reach"):
            value = getattr(found, name)
            if value is not None:
                said = FAMILIES[f".{name}"]
                label = _(said.label) % {"channel": channel.name}
                own = Said(label.replace("%", "%%"), said.definition, said.unit)
                yield annual.Tally(f"social.{channel.key}.{name}", float(value), note=note, said=own)
