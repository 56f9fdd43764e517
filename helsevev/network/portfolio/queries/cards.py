"""Projects as cards of a list: a handful of statements whatever their number, and flat rows that cost little to draw.

A template that asks a model row for each card costs ten times what the data costs (measured before we began), so
everything is fetched for all cards at once and written out here.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypedDict

from django.db.models import QuerySet

from helsevev.commons.initiatives import queries as initiatives
from helsevev.commons.initiatives.models import Party
from helsevev.core import roadmap
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.queries.naming import Naming, award
from helsevev.network.portfolio.queries.wording import Text, in_language, lead

MOST_PARTNERS = 3
COLUMNS = (
    "initiative_id", "initiative__key", "initiative__title", "initiative__title_nn", "initiative__title_en",
    "summary_nb", "summary_nn", "summary_en", "award_year", "award_round", "support", "initiative__kind", "listing",
    "published",
)  # fmt: skip


class Card(TypedDict):
    """What a card says of a project. An empty text is: not stated."""

    key: str
    title: Text
    lead: Text
    owners: str
    partners: str
    more_partners: int
    regions: str
    groups: str
    phase: str
    award: str
    support: str
    kind: str
    is_draft: bool


def cards(projects: QuerySet[Project], naming: Naming, today: date) -> list[Card]:
    """The projects as cards, in their order. Four statements, and one for the taxonomy."""
    rows = list(projects.values(*COLUMNS))
    ids = [row["initiative_id"] for row in rows]
    owners, partners = _parties(ids)
    terms = initiatives.terms_of(ids)
    moves = initiatives.moves_of(ids)
    found: list[Card] = []
    for row in rows:
        id_ = row["initiative_id"]
        phase = roadmap.phase_on((stated.move for stated in moves.get(id_, ())), today)
        carried: Mapping[str, list[str]] = terms.get(id_, {})
        found.append(
            {
                "key": row["initiative__key"],
                "title": _title(row, naming.language),
                "lead": _lead(row, naming.language),
                "owners": ", ".join(owners[id_]),
                "partners": ", ".join(partners[id_][:MOST_PARTNERS]),
                "more_partners": max(0, len(partners[id_]) - MOST_PARTNERS),
                "regions": ", ".join(naming.terms("health_region", carried.get("health_region", ()))),
                "groups": ", ".join(naming.terms("patient_group", carried.get("patient_group", ()))),
                "phase": naming.term("phase", phase) if phase else "",
                "award": award(row["award_year"], row["award_round"]),
                "support": naming.term("support", row["support"]) if row["support"] else "",
                "kind": naming.term("kind", row["initiative__kind"]) if row["initiative__kind"] else "",
                "is_draft": not row["published"],
            }
        )
    return found


def _title(row: Mapping[str, str], language: str) -> Text:
    titles = ("initiative__title", "initiative__title_nn", "initiative__title_en")
    return in_language(language, dict(zip(("nb", "nn", "en"), (row[name] for name in titles), strict=True)))


def _lead(row: Mapping[str, str], language: str) -> Text:
    text, lang = in_language(language, {code: row[f"summary_{code}"] for code in ("nb", "nn", "en")})
    return Text(lead(text), lang)


def _parties(ids: Sequence[int]) -> tuple[Mapping[int, list[str]], Mapping[int, list[str]]]:
    """Names of owners and of partners by initiative, each once, in their order: one statement."""
    named: dict[str, defaultdict[int, list[str]]] = {role: defaultdict(list) for role in Party.Role.values}
    rows = Party.objects.filter(initiative_id__in=ids).order_by("position", "id")
    for owner, role, name, stated in rows.values_list("initiative_id", "role", "organisation__name", "stated_name"):
        if (name or stated) not in named[role][owner]:
            named[role][owner].append(name or stated)
    return named[Party.Role.OWNER], named[Party.Role.PARTNER]
