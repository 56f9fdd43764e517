"""What the rows behind the figures are called, and where they are shown; kept beside a report when it is published."""

from collections.abc import Iterable

from helsevev.core.annual.facts import Behind, Facts, Meeting
from helsevev.core.annual.figures import MEETINGS

Rows = dict[str, list[dict[str, str]]]


def behind(facts: Facts) -> Rows:
    """By a figure's key; projects aren't here, as the appendix has them."""
    found = {one.key: _told(one.rows) for one in facts.tallies if one.rows}
    for key, kind in MEETINGS.items():
        held = [one for one in facts.meetings or () if one.kind == kind and one.on.year == facts.year]
        found[key] = _told(one for one in held if one.on <= facts.cutoff)
    return found


def _told(rows: Iterable[Behind | Meeting]) -> list[dict[str, str]]:
    return [{"title": one.title or one.key, "address": one.address} for one in rows]
