"""Who takes part: the list of organisations, and the page of one.

They stand here and not with people, because each joins what the registers say with what the rooms above know.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from helsevev.commons.initiatives import queries as initiatives
from helsevev.commons.initiatives.rules import Taxonomy
from helsevev.commons.people import queries as people
from helsevev.core import asked, tilemap
from helsevev.front import panels

PER_PAGE = 60
LONGEST_TEXT = 100
LIVE = "partial"
COUNTY_NAMES: Mapping[str, str] = {place.code: place.name for place in sorted(tilemap.COUNTIES, key=lambda p: p.name)}


@dataclass(frozen=True)
class Asked:
    """What the reader looks for among organisations; empty narrows nothing."""

    text: str = ""
    kind: str = ""
    region: str = ""
    county: str = ""
    everyone: bool = False
    page: int = 1

    @property
    def query(self) -> str:
        """The clean query of the first page."""
        pairs = {"q": self.text, "kind": self.kind, "region": self.region, "county": self.county}
        chosen = {name: value for name, value in pairs.items() if value} | ({"all": "yes"} if self.everyone else {})
        return f"?{urlencode(chosen)}" if chosen else ""


@dataclass(frozen=True)
class Words:
    """Labels of the choices, in the reader's language."""

    taxonomy: Taxonomy
    language: str

    def term(self, vocabulary: str, code: str) -> str:
        """A word's label as it stands alone."""
        return capfirst(self.taxonomy.label(vocabulary, code, self.language)) if code else ""

    def choices(self, vocabulary: str) -> dict[str, str]:
        """All words of one vocabulary."""
        return {word.code: capfirst(word.label(self.language)) for word in self.taxonomy.terms(vocabulary)}


def _words() -> Words:
    return Words(initiatives.taxonomy(), get_language() or "nb")


@require_safe
@vary_on_headers("HX-Request-Type")
def organisations(request: HttpRequest) -> HttpResponse:
    """The list, by name; those that take part first of all, and everyone on the other list."""
    words = _words()
    counts = panels.organisation_counts()
    wanted, notices = _read(dict(request.GET.lists()), words, anyone_takes_part=bool(counts))
    rows = people.listed(wanted.text, kind=wanted.kind, health_region=wanted.region, county_number=wanted.county)
    taking_part = [row for row in rows if counts[row["key"]]]
    shown = rows if wanted.everyone else taking_part
    page = Paginator(shown, PER_PAGE).get_page(wanted.page)
    context = {
        "asked": wanted,
        "address": request.path,
        "notices": notices,
        "total": len(shown),
        "page": page,
        "rows": _rows(page, counts, words),
        "tabs": _tabs(request.path, wanted, len(taking_part), len(rows)),
        "selects": _selects(wanted, words),
        "breadcrumbs": [{"label": _("Front page"), "url": reverse("front:home")}, {"label": _("Organisations")}],
    }
    live = request.headers.get("HX-Request-Type") == LIVE
    answer = render(request, "front/_organisations.html" if live else "front/organisations.html", context)
    if live:
        answer["HX-Push-Url"] = request.path + wanted.query
    return answer


def _read(params: asked.Params, words: Words, *, anyone_takes_part: bool) -> tuple[Asked, list[str]]:
    """What an address asks for. A choice that doesn't exist is left out, and the page says so."""
    known = {
        "kind": words.choices("organisation_kind"),
        "region": words.choices("health_region"),
        "county": COUNTY_NAMES,
    }
    given = {name: asked.clean(asked.last(params, name))[:LONGEST_TEXT] for name in ("q", *known)}
    unknown = {name for name in known if given[name] and given[name] not in known[name]}
    sentence = _("“%(value)s” is not among the choices and was left out.")
    wanted = Asked(
        text=given["q"],
        everyone=asked.last(params, "all") == "yes" or not anyone_takes_part,
        page=asked.page(params),
        **{name: given[name] for name in known if name not in unknown},
    )
    return wanted, [sentence % {"value": given[name]} for name in known if name in unknown]


def _rows(page: "Page[people.Listed]", counts: Mapping[str, int], words: Words) -> list[dict[str, object]]:
    """A page of the list."""
    return [_row(row, counts.get(row["key"], 0), words) for row in page.object_list]


def _row(row: people.Listed, count: int, words: Words) -> dict[str, object]:
    """One row; `about` says in a line what a narrow window has no columns for."""
    about = {
        "kind": words.term("organisation_kind", row["kind"]),
        "region": words.term("health_region", row["health_region"]),
        "county": COUNTY_NAMES.get(row["county_number"], ""),
    }
    line = "\N{NO-BREAK SPACE}\N{MIDDLE DOT} ".join(filter(None, about.values()))
    return {"key": row["key"], "name": row["name"], "count": count, "about": line, **about}


def _tabs(address: str, wanted: Asked, taking_part: int, every: int) -> list[dict[str, object]]:
    """Those that take part, and all of the registers; one list where nobody takes part in anything."""
    found = [(False, _("Take part in projects"), taking_part), (True, _("All in the registers"), every)]
    return [
        {
            "label": label,
            "url": address + replace(wanted, everyone=everyone).query,
            "current": everyone == wanted.everyone,
            "count": count,
        }
        for everyone, label, count in found
    ]


def _selects(wanted: Asked, words: Words) -> list[dict[str, object]]:
    """The three ways to narrow the list."""
    choices = [
        ("kind", _("Kind"), wanted.kind, words.choices("organisation_kind")),
        ("region", _("Health region"), wanted.region, words.choices("health_region")),
        ("county", _("County"), wanted.county, COUNTY_NAMES),
    ]
    return [
        {
            "name": name,
            "label": label,
            "options": [{"value": v, "label": text, "chosen": v == chosen} for v, text in known.items()],
        }
        for name, label, chosen, known in choices
    ]


# --- One organisation ------------------------------------------------------------------------------------------------
@require_safe
def organisation(request: HttpRequest, key: str) -> HttpResponse:
    """What the registers say of an organisation, and what it takes part in."""
    found = people.organisation_page(key)
    if found is None:
        raise Http404
    words, address = _words(), reverse("front:organisations")
    context = {
        "page": found,
        "organisation": found.organisation,
        "kind": words.term("organisation_kind", found.organisation.kind),
        "facts": _facts(found, words),
        "inhabitants": _inhabitants(found),
        "units": [{**unit, "kind": words.term("organisation_kind", unit["kind"])} for unit in found.children],
        "map": _map(found, address),
        "blocks": panels.about_organisation(key, {unit["key"]: unit["name"] for unit in found.children}),
        "breadcrumbs": [
            {"label": _("Front page"), "url": reverse("front:home")},
            {"label": _("Organisations"), "url": address},
            {"label": found.organisation.name},
        ],
    }
    return render(request, "front/organisation.html", context)


def _facts(found: people.OrganisationPage, words: Words) -> list[dict[str, object]]:
    """The registers' facts; what none of them states is shown as not stated, but a number alone when there is one."""
    row = found.organisation
    county = row.county or COUNTY_NAMES.get(row.county_number, "")
    facts: list[dict[str, object]] = [
        {"term": _("Kind"), "value": words.term("organisation_kind", row.kind)},
        {"term": _("Health region"), "value": words.term("health_region", row.health_region)},
        {"term": _("County"), "value": county},
    ]
    if row.parent:
        url = reverse("front:organisation", args=[row.parent.key])
        facts.append({"term": _("Belongs to"), "many": [{"label": row.parent.name, "url": url}]})
    if found.other_names:
        facts.append({"term": _("Also called"), "value": ", ".join(found.other_names)})
    if row.municipality_number:
        facts.append({"term": _("Municipality number"), "value": row.municipality_number})
    if row.organisation_number:
        facts.append({"term": _("Organisation number"), "value": row.organisation_number})
    return facts


def _inhabitants(found: people.OrganisationPage) -> dict[str, str] | None:
    """The population with its source and date; None where no register states one."""
    row = found.organisation
    if row.population is None:
        return None
    words = {"publisher": row.register.publisher, "date": date_format(row.register.as_of)} if row.register else None
    note = _("%(publisher)s, %(date)s") % words if words else ""
    return {"value": number_format(row.population, force_grouping=True), "note": note}


def _map(found: people.OrganisationPage, address: str) -> list[dict[str, object]]:
    """Where it lies: its county among the counties, else its region among the regions; nothing if neither is stated."""
    row = found.organisation
    if row.county_number in COUNTY_NAMES:
        places, here, name = tilemap.COUNTIES, row.county_number, "county"
    else:
        places, here, name = tilemap.REGIONS, row.health_region, "region"
    if not here:
        return []
    return [
        {
            "row": tile.place.row,
            "column": tile.place.column,
            "label": tile.place.name,
            "short": tile.place.short,
            "count": "",
            "level": 4 if tile.place.code == here else 0,
            "current": tile.place.code == here,
            "url": f"{address}?{name}={tile.place.code}&all=yes",
        }
        for tile in tilemap.tiles({}, places)
    ]
