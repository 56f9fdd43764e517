"""What a reader may choose next: facets with how many each value would leave, the lists, and the map."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from helsevev.commons.ui.rules import Facet
from helsevev.core import alphabet, tilemap
from helsevev.core.roadmap import PHASES
from helsevev.network.portfolio.queries.choices import LISTINGS, LONG_FACETS, NOT_STATED, SHOWN_FACETS
from helsevev.network.portfolio.queries.listing import Selection
from helsevev.network.portfolio.queries.naming import FACET_NAMES, LISTING_NAMES, VOCABULARIES, Naming

MOST_OPTIONS = 12
# In these the reader looks for an order known beforehand; in the others for what there is most of.
OPEN_FACETS = ("phase", "patient_group")
LATEST_FIRST = ("year", "round")


def facets(selection: Selection) -> list[Facet]:
    """Every facet that the page shows, each with its top values; those without any values are left out."""
    shown = (_facet(selection, name) for name in SHOWN_FACETS)
    return [facet for facet in shown if facet["options"] or facet.get("search_value")]


def _facet(selection: Selection, name: str) -> Facet:
    counts = selection.counts.get(name, {})
    chosen = selection.choices.facets.get(name, ())
    sought = selection.choices.within.get(name, "")
    values = _in_order(selection.naming, name, {**dict.fromkeys(chosen, 0), **counts})
    found = _search(selection.naming, name, values, sought) if sought else values
    kept = [value for place, value in enumerate(found) if place < MOST_OPTIONS or value in chosen]
    labels = selection.naming.values(name, kept)
    return {
        "name": name,
        "label": _(FACET_NAMES[name]),
        "options": [
            {
                "value": value or NOT_STATED,
                "label": labels[value],
                "count": counts.get(value, 0),
                "checked": value in chosen,
            }
            for value in kept
        ],
        "more": len(found) - len(kept),
        "search_name": f"{name}_has" if len(values) > MOST_OPTIONS else "",
        "search_value": sought,
        "open": bool(chosen or sought) or name in OPEN_FACETS,
        "note": _rests_on(name, counts),
    }


def _in_order(naming: Naming, name: str, counts: Mapping[str, int]) -> list[str]:
    """Values as a reader looks for them: by time, by the taxonomy's order, or the most frequent first."""
    stated = [value for value in counts if value]
    if name in LATEST_FIRST:
        stated.sort(reverse=True)
    elif name == "phase":
        stated.sort(key=lambda value: PHASES.index(value) if value in PHASES else len(PHASES))
    elif name in VOCABULARIES and name not in LONG_FACETS:
        stated = naming.taxonomy.in_order(VOCABULARIES[name], stated)
    else:
        stated.sort(key=lambda value: (-counts[value], value))
    return [*stated, ""] if "" in counts else stated


def _search(naming: Naming, name: str, values: Sequence[str], sought: str) -> list[str]:
    """Values whose labels have all the words sought."""
    words = alphabet.folded(sought).split()
    labels = naming.values(name, values)
    return [value for value in values if all(word in alphabet.folded(labels[value]) for word in words)]


def _rests_on(name: str, counts: Mapping[str, int]) -> str:
    """How many projects a count of phase or status rests on."""
    if name not in ("phase", "status"):
        return ""
    every = sum(counts.values())
    return _("Stated for %(stated)s of %(every)s.") % {"stated": every - counts.get("", 0), "every": every}


def tabs(selection: Selection, address: str) -> list[dict[str, object]]:
    """The lists beside each other, each with how many the same choices leave there."""
    counts = selection.counts.get("listing", {})
    return [
        {
            "label": _(LISTING_NAMES[listing]),
            "url": address + selection.choices.listed(listing).query,
            "current": listing == selection.choices.listing,
            "count": counts.get(listing, 0),
        }
        for listing in LISTINGS
    ]


# --- The map ---------------------------------------------------------------------------------------------------------
def tiles(selection: Selection, address: str) -> dict[str, object]:
    """The counties as tiles, each a way to choose it or to take it back, with the same as a table."""
    counts = selection.counts.get("county", {})
    drawn = tilemap.tiles(counts)
    most = max(tile.count for tile in drawn)
    return {
        "tiles": [
            {
                "row": tile.place.row,
                "column": tile.place.column,
                "label": tile.place.name,
                "short": tile.place.short,
                "count": tile.count,
                "level": tile.level,
                "current": selection.choices.having("county", tile.place.code),
                "url": address + selection.choices.toggled("county", tile.place.code).query,
            }
            for tile in drawn
        ],
        "legend": [
            {"level": level, "label": str(low) if low == high else f"{low}\N{EN DASH}{high}"}
            for level, low, high in tilemap.legend(most)
        ],
        "columns": [{"label": _("County")}, {"label": _("Projects"), "numeric": True}],
        "rows": [[tile.place.name, tile.count] for tile in drawn],
    }
