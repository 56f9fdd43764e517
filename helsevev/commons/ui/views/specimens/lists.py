"""Many things at once, and the ways through them."""

from datetime import date

from django.core.paginator import Paginator
from django.template import Context
from django.utils.translation import gettext as _

from helsevev.commons.ui.templatetags import ui
from helsevev.commons.ui.views.specimens.specimen import Specimen, State, long_text


def _table() -> Specimen:
    columns = [
        {"label": _("Region"), "key": "region"},
        {"label": _("Phase")},
        {"label": _("Projects"), "key": "projects", "numeric": True},
    ]
    rows = [
        [_("Northern Norway"), _("Piloting"), 9],
        [_("Western Norway"), _("Insight"), 17],
        [long_text(), _("Not stated"), 0],
    ]
    wide = {"id": "wide", "caption": _("Projects by region"), "columns": columns, "rows": rows}
    thin = {"id": "thin", "caption": _("Projects by region, narrow"), "columns": columns, "rows": rows}
    states = (State(_("With sorting"), wide), State(_("Narrow: it scrolls by itself"), thin, narrow=True))
    return Specimen("table", _("Table"), states, wide=True)


def _pagination() -> Specimen:
    pages = Paginator(range(200), 10)

    def values(number: int, label: str) -> dict[str, object]:
        return ui.pagination(Context(), pages.page(number), label=label)

    states = (
        State(_("First page"), values(1, _("Pages, at the first"))),
        State(_("In the middle"), values(9, _("Pages, in the middle"))),
        State(_("Last page, narrow"), values(20, _("Pages, at the last")), narrow=True),
    )
    return Specimen("pagination", _("Pages of a list"), states, wide=True)


def _tabs() -> Specimen:
    tabs = [
        {"label": _("All"), "url": "#tabs", "current": True, "count": 73},
        {"label": _("Ongoing"), "url": "#tabs", "count": 40},
        {"label": _("Closed"), "url": "#tabs", "count": 33},
    ]
    return Specimen("tabs", _("Tabs"), (State(_("With numbers"), {"label": _("What is shown"), "tabs": tabs}),))


def _facet() -> Specimen:
    options = [
        {"value": "north", "label": _("Northern Norway"), "count": 9, "checked": True},
        {"value": "west", "label": long_text(), "count": 17},
    ]
    region = {"name": "region", "label": _("Health region"), "options": options}
    owner = {"name": "owner", "label": _("Owner"), "options": options, "search_name": "owner_has", "more": 31}
    theme = {"name": "theme", "label": _("Theme"), "options": [], "search_name": "theme_has", "search_value": "xyz"}
    states = (
        State(_("Open"), {"facet": region, "open": True}, narrow=True),
        State(_("With search among many"), {"facet": owner, "open": True}, narrow=True),
        State(_("Nothing found"), {"facet": theme, "open": True}, narrow=True),
        State(_("Closed"), {"facet": region | {"name": "closed"}}, narrow=True),
    )
    return Specimen("facet", _("Choices to narrow by"), states)


def _chips() -> Specimen:
    chips = [{"label": _("Northern Norway"), "url": "#chips"}, {"label": _("Piloting"), "url": "#chips"}]
    return Specimen("chips", _("Choices made"), (State(_("Two"), {"chips": chips, "clear_url": "#chips"}),))


def _timeline() -> Specimen:
    began = {"title": _("The pilot began"), "date": date(2024, 2, 1), "body": _("Ten people the first week.")}
    moments = [
        began | {"strong": True},
        {"title": _("Money was granted"), "when": _("spring 2023"), "url": "#timeline"},
        {"title": _("The parties signed")},
    ]
    states = (State(_("Known and unknown dates"), {"moments": moments, "level": 4}),)
    return Specimen("timeline", _("What happened when"), states)


SPECIMENS = (_table, _pagination, _tabs, _facet, _chips, _timeline)
