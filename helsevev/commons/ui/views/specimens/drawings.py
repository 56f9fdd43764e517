"""What would rather be looked at than read."""

from django.templatetags.static import static
from django.utils.translation import gettext as _

from helsevev.commons.ui.views.specimens.specimen import Specimen, State

PHASES = ("done", "done", "current", "ahead", "ahead", "ahead")
# Name, short name, row and column of some counties.
TILES = (
    ("Troms", "Tro", 1, 4),
    ("Finnmark", "Fin", 1, 5),
    ("Nordland", "Nor", 2, 3),
    ("Trøndelag", "Trø", 3, 3),
    ("Møre og Romsdal", "M&R", 4, 2),
    ("Innlandet", "Inn", 4, 3),
    ("Vestland", "Vel", 5, 1),
    ("Buskerud", "Bus", 5, 2),
    ("Oslo", "Osl", 5, 3),
)


def _steps() -> Specimen:
    names = (
        _("Anchoring"),
        _("Insight"),
        _("Service development"),
        _("Piloting"),
        _("Transition to operation"),
        _("New practice"),
    )
    steps = [{"label": name, "state": state} for name, state in zip(names, PHASES, strict=True)]
    steps[2]["note"] = _("since March 2024")
    under_way = {"steps": steps, "label": _("Phases of the Roadmap")}
    unknown = under_way | {"steps": [{"label": name, "state": "unknown"} for name in names]}
    states = (
        State(_("Under way"), under_way),
        State(_("Not stated"), unknown),
        State(_("Narrow"), under_way, narrow=True),
    )
    return Specimen("steps", _("Phases"), states, wide=True)


def _tilemap() -> Specimen:
    tiles = [
        {"label": name, "short": short, "row": row, "column": column, "count": place * 2, "level": min(place, 5)}
        | ({"url": "#tilemap"} if place else {})
        for place, (name, short, row, column) in enumerate(TILES)
    ]
    legend = [{"level": level, "label": str(level * 2)} for level in range(5)] + [{"level": 5, "label": "10+"}]
    values = {"label": _("Projects by county"), "tiles": tiles, "legend": legend}
    states = (State(_("Wide"), values), State(_("Narrow"), values, narrow=True))
    return Specimen("tilemap", _("Tile map"), states)


def _figure() -> Specimen:
    columns = [{"label": _("Year")}, {"label": _("Projects"), "numeric": True}]
    values = {
        "id": "figure-specimen",
        "title": _("The number of projects grew by half in one year"),
        "subtitle": _("Projects awarded per year"),
        "light": static("ui/specimen-light.svg"),
        "dark": static("ui/specimen-dark.svg"),
        "width": 640,
        "height": 240,
        "alt": _("Two columns: 12 in 2023, 18 in 2024."),
        "note": _("Invented numbers. Rests on 30 of 30 projects."),
        "table": {"columns": columns, "rows": [["2023", 12], ["2024", 18]]},
        "downloads": [{"label": name, "url": "#figure"} for name in ("SVG", "PNG", "CSV")],
        "level": 4,
    }
    return Specimen("figure", _("Figure"), (State(_("With table and downloads"), values),), wide=True)


SPECIMENS = (_steps, _tilemap, _figure)
