"""Projects as cards of a list: a handful of statements whatever their number, and flat rows that cost little to draw.

A template that asks a model row for each card costs ten times what the data costs (measured before we began), so
everything is fetched for all cards at once and written out here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypedDict

from django.db.models import QuerySet
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helsevev.commons.finding.rules import Hit, Piece, Query, mark, query
from helsevev.commons.initiatives import queries as initiatives
from helsevev.commons.initiatives.models import Party
from helsevev.commons.initiatives.rules import StatedMove
from helsevev.core import roadmap
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.queries.naming import Naming, award
from helsevev.network.portfolio.queries.wording import in_language, lead

MOST_PARTNERS = 2
MIDDLE_DOT = "\N{NO-BREAK SPACE}\N{MIDDLE DOT} "  # stays with the word before it
ENDINGS = {"nb": "", "nn": "_nn", "en": "_en"}
COLUMNS = (
    "initiative_id", "initiative__key", "initiative__title", "initiative__title_nn", "initiative__title_en",
    "summary_nb", "summary_nn", "summary_en", "award_year", "award_round", "support", "initiative__kind", "listing",
    "published",
)  # fmt: skip


class Card(TypedDict):
    """What a card says of a project. An empty text is: not stated."""

    key: str
    title: SafeString
    title_lang: str
    lead: SafeString
    lead_lang: str
    found: SafeString
    parties: str
    tags: list[str]
    foot: str


def cards(
    projects: QuerySet[Project], naming: Naming, today: date, text: str = "", hits: Mapping[str, Hit] | None = None
) -> list[Card]:
    """The projects as cards, in their order, the words searched for marked. Four statements, and the taxonomy's."""
    rows = list(projects.values(*COLUMNS))
    ids = [row["initiative_id"] for row in rows]
    around = Around(_parties(ids), initiatives.terms_of(ids), initiatives.moves_of(ids), query(text) if text else None)
    return [_card(row, naming, today, around, (hits or {}).get(row["initiative__key"])) for row in rows]


class Around(NamedTuple):
    """What was fetched for all cards at once, and what the reader searched for."""

    parties: Mapping[str, Mapping[int, list[str]]]
    terms: Mapping[int, Mapping[str, list[str]]]
    moves: Mapping[int, list[StatedMove]]
    asked: Query | None


def _card(row: Mapping[str, Any], naming: Naming, today: date, around: Around, hit: Hit | None) -> Card:
    id_, language = row["initiative_id"], naming.language
    title = in_language(language, {code: row[f"initiative__title{end}"] for code, end in ENDINGS.items()})
    summary = in_language(language, {code: row[f"summary_{code}"] for code in ENDINGS})
    phase = roadmap.phase_on((stated.move for stated in around.moves.get(id_, ())), today)
    shown_title, shown_lead = _marked(title.text, around.asked), _marked(lead(summary.text), around.asked)
    regions = naming.terms("health_region", around.terms.get(id_, {}).get("health_region", ()))
    draft, kind = "" if row["published"] else _("Draft"), row["initiative__kind"]
    support = naming.term("support", row["support"]) if row["support"] else ""
    return {
        "key": row["initiative__key"],
        "title": shown_title,
        "title_lang": title.lang,
        "lead": shown_lead,
        "lead_lang": summary.lang,
        "found": _elsewhere(hit) if hit and "<mark>" not in shown_title + shown_lead else SafeString(""),
        "parties": _together(around.parties["owner"].get(id_, ()), around.parties["partner"].get(id_, ())),
        "tags": list(filter(None, [draft, phase and naming.term("phase", phase), kind and naming.term("kind", kind)])),
        "foot": MIDDLE_DOT.join(
            filter(
                None,
                [
                    *regions,
                    "" if phase else _("Phase not stated"),
                    award(row["award_year"], row["award_round"]),
                    support,
                ],
            )
        ),
    }


def _marked(text: str, asked: Query | None) -> SafeString:
    """Text for the page, with what was searched for marked; nothing in it is trusted."""
    return _html(mark(text, asked)) if asked else escape(text)


def _html(pieces: Iterable[Piece]) -> SafeString:
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", p.text) if p.marked else p.text,) for p in pieces)
    )


def _elsewhere(hit: Hit) -> SafeString:
    """Where the words stand, when neither title nor lead has them."""
    return _html(hit.snippet) if any(piece.marked for piece in hit.snippet) else SafeString("")


def _together(owners: Sequence[str], partners: Sequence[str]) -> str:
    """Who does it, on one line: the owner, and with whom."""
    if not partners:
        return ", ".join(owners)
    shown = [*partners[:MOST_PARTNERS]]
    more = len(partners) - MOST_PARTNERS
    if more > 0:
        shown.append(ngettext("%(more)s more", "%(more)s more", more) % {"more": more})
    words = {"owners": ", ".join(owners), "partners": ", ".join(shown)}
    return _("%(owners)s with %(partners)s") % words if owners else words["partners"]


def _parties(ids: Sequence[int]) -> Mapping[str, Mapping[int, list[str]]]:
    """Names by role and initiative, each once, in their order: one statement."""
    named: dict[str, defaultdict[int, list[str]]] = {role: defaultdict(list) for role in Party.Role.values}
    rows = Party.objects.filter(initiative_id__in=ids).order_by("position", "id")
    for owner, role, name, stated in rows.values_list("initiative_id", "role", "organisation__name", "stated_name"):
        if (name or stated) not in named[role][owner]:
            named[role][owner].append(name or stated)
    return named
