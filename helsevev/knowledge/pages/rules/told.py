"""What the portfolio's file says of resources, guides and podcasts (omtalt i fila), as drafts of pages. Pure.

The file names things that others have made and says little of each, so a row becomes a draft that says no more than the
row does, for an editor to write on. Where a page here tells of it already, that page is the row's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from typing import Any

from helsevev.core import slugs
from helsevev.core.faults import Fault, place
from helsevev.core.words import Refusal, gettext_noop
from helsevev.knowledge.pages.rules.drafting import LEAD_LIMIT, TITLE_LIMIT, Draft

PARTS = ("resources_2022", "implementation_guide", "project_experiences", "guides_and_models", "podcast")
# Each kind that the file names: our kind of page, and what it is called in the draft.
KINDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "project experience": ("experience", "prosjekterfaring"),
        "resource or template": ("tool", "verktøy eller mal"),
        "report or research": ("report", "rapport eller forskning"),
        "guide": ("guide", "veileder"),
        "model": ("tool", "modell"),
        "framework": ("guide", "rammeverk"),
        "collection of examples": ("report", "eksempelsamling"),
        "podcast": ("podcast", "podkast"),
    }
)
KIND_OF_PART = {"implementation_guide": "guide", "project_experiences": "project experience", "podcast": "podcast"}
# The page that tells of it already.
STANDING: Mapping[str, str] = MappingProxyType(
    {
        "implementeringsguide-barn-og-unges-helsetjeneste": "helsetjenester-for-barn-og-unge",
        "digital-hjemmeoppfolging-for-deltakere-pa-frisklivssentralen-i-bydel-frogner": "frogner-frisklivssentral",
        "trygg-barsel-ved-tidlig-hjemreise": "trygg-barsel",
        "helse-4-0-digitale-tvillinger-til-pasienter-med-prostatakreft": "helse-4-0",
        "eksempel-pa-intervjuguide": "intervjuguide",
        "brukerprofiler": "persona",
        "mal-for-fremdriftsplan": "fremdriftsplan",
        "mal-for-kommunikasjonsplan": "kommunikasjonsplan",
        "eksempel-pa-brosjyre-om-dho-for-pasienter": "brosjyre-hjemmeoppfolging",
        "hvordan-fasilitere-en-workshop-tips-og-triks": "workshopplan",
    }
)
LISTED = {"phases": "Faser", "lessons": "Lærdommer", "experience_from": "Erfaringer fra"}
NOT_ROWS = gettext_noop("This should be rows, each with a title and what is stated of it")
NO_TITLE = gettext_noop("A title is missing, or it isn't a text")
NO_KIND = gettext_noop("'%(kind)s' is no kind of resource; they are: %(kinds)s")


@dataclass(frozen=True)
class Row:
    """One row of a part: what it is known by, what is stated, the draft of it, and the page that may stand already."""

    name: str
    stated: Mapping[str, Any]
    draft: Draft
    standing: str


def rows(part: str, value: object) -> list[Row]:
    """Every row of a part; none where nothing is stated."""
    return [_row(part, one) for one in _stated(value)]


def _stated(value: object) -> list[Any]:
    if not value:
        return []
    return list(value) if isinstance(value, list) else [value]


def faults(part: str, value: object, where: str) -> list[Fault]:
    """Everything that can't be taken in, with its place."""
    if value is not None and not isinstance(value, (list, dict)):
        return [Fault(where, Refusal(NOT_ROWS))]
    found = []
    for number, one in enumerate(_stated(value)):
        at = place((where, number)) if isinstance(value, list) else where
        if not isinstance(one, dict):
            found.append(Fault(at, Refusal(NOT_ROWS)))
        elif not isinstance(one.get("title"), str) or not one["title"].strip():
            found.append(Fault(f"{at}.title", Refusal(NO_TITLE)))
        elif (kind := KIND_OF_PART.get(part) or one.get("kind")) not in KINDS:
            found.append(Fault(f"{at}.kind", Refusal(NO_KIND, {"kind": kind, "kinds": ", ".join(KINDS)})))
    return found


def _row(part: str, one: Mapping[str, Any]) -> Row:
    slug = slug_of(one["title"])
    kind, called = KINDS[KIND_OF_PART.get(part) or one["kind"]]
    draft = Draft(
        kind=kind,
        slug=slug,
        language="nb",
        title=one["title"].strip()[:TITLE_LIMIT],
        lead=_lead(part, called, one),
        body=[{"type": "text", "value": text}] if (text := "".join(_lists(one))) else [],
        own=_own(kind, one),
        initiative=str(one.get("project") or ""),
    )
    return Row(f"{part}/{slug}"[:300], one, draft, STANDING.get(slug, ""))


def slug_of(title: str) -> str:
    """A title as an address."""
    return slugs.slug(title)[:100] or "uten-tittel"


def _names(value: object) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value or "")


def _lead(part: str, called: str, one: Mapping[str, Any]) -> str:
    """What is known of it in a sentence or two."""
    by = _names(one.get("by") or one.get("publisher") or one.get("with"))
    said = called.capitalize() + (f" fra {by}" if by else "") + (f", {one['year']}" if one.get("year") else "") + "."
    if part == "resources_2022":
        said += " Omtalt blant ressursene i InnoMeds årsrapport for 2022."
    if one.get("status") == "planned":
        said += " Planlagt da kilden ble skrevet."
    return said[:LEAD_LIMIT]


def _lists(one: Mapping[str, Any]) -> list[str]:
    """Lists that are stated, as they are."""
    return [
        f"<h2>{label}</h2><ul>{''.join(f'<li>{escape(str(item))}</li>' for item in one[name])}</ul>"
        for name, label in LISTED.items()
        if isinstance(one.get(name), list) and one[name]
    ]


def _own(kind: str, one: Mapping[str, Any]) -> dict[str, Any]:
    """The kind's own facts, where the row states them."""
    if kind == "report":
        period = one.get("period")
        year = period[-1] if isinstance(period, list) and period else one.get("year")
        said = {"publisher": str(one.get("publisher") or one.get("by") or "")}
        return said | ({"year": year} if isinstance(year, int) else {})
    if kind == "podcast":
        return {"guests": str(one.get("with") or "")}
    return {}
