"""The calculator's answers in words: what so many can show."""

from collections.abc import Sequence
from functools import lru_cache

from django.utils.translation import gettext as _

from helsevev.core.piloting import planning
from helsevev.core.piloting.planning import Showing
from helsevev.core.statistics import Interval
from helsevev.network.piloting.queries import telling
from helsevev.network.piloting.queries.telling import percent

EXPECTED = 50


@lru_cache(maxsize=128)
def _showing(people: int, expected: int) -> Showing:
    return planning.showing(people, expected / 100)


def table(sizes: Sequence[int], expected: int = EXPECTED) -> dict[str, object] | None:
    """A column for each number, a row for each question; None where there is no number."""
    found = [_showing(people, expected) for people in dict.fromkeys(sizes)]
    if not found:
        return None
    rows = [
        (_("A share, exact 95 per cent interval"), [_share(one, one.exact) for one in found]),
        (_("The same, Wilson's interval"), [_share(one, one.wilson) for one in found]),
        (_("Something that happens to nobody may still happen to at most"), [percent(one.none_seen) for one in found]),
        (
            _("Shares it can tell from %(share)s, which is known") % {"share": percent(expected / 100)},
            [_shares(one.below, one.above) for one in found],
        ),
        (
            _("With two groups of so many: the difference of two equal shares, 95 per cent interval"),
            [_between(one.groups) for one in found],
        ),
        (
            _("With two groups of so many: shares it can tell from %(share)s") % {"share": percent(expected / 100)},
            [_shares(one.between_below, one.between_above) for one in found],
        ),
        (
            _("A mean, half its interval, in standard deviations"),
            [telling.number(one.mean_half_width, 2) for one in found],
        ),
        (
            _("The smallest change of a mean, in standard deviations"),
            [telling.number(one.mean_shift, 2) for one in found],
        ),
        (_("A count of so many, exact 95 per cent interval"), [_count(one.count) for one in found]),
        (
            _("Harm that up to 5 per cent is accepted of: stop at"),
            [_("%(number)s events") % {"number": one.stop_at} for one in found],
        ),
    ]
    return {"sizes": [one.people for one in found], "rows": rows, "expected": expected}


def _share(one: Showing, interval: Interval) -> str:
    said = {"events": one.events, "people": one.people, "low": telling.number(100 * interval.low)}
    return _("%(events)s of %(people)s: %(low)s to %(high)s") % (said | {"high": percent(interval.high)})


def _shares(lower: float | None, higher: float | None) -> str:
    """Shares that can be told from another: up to one, and from another on."""
    below = percent(lower) if lower is not None else ""
    above = percent(higher) if higher is not None else ""
    if below and above:
        return _("%(below)s or less, %(above)s or more") % {"below": below, "above": above}
    if below:
        return _("%(below)s or less") % {"below": below}
    return _("%(above)s or more") % {"above": above} if above else _("None: too few")


def _between(interval: Interval) -> str:
    points = telling.number(100 * interval.high)
    return _("plus or minus %(points)s percentage points") % {"points": points}


def _count(interval: Interval) -> str:
    said = {"low": telling.number(interval.low, 1), "high": telling.number(interval.high, 1)}
    return _("%(low)s to %(high)s") % said
