"""Projects as cards of a list: a handful of statements whatever their number, and flat rows that cost little to draw.

A template that asks a model row for each card costs ten times what the data costs (measured before we began), so
everything is fetched for all cards at once and written out here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, OuterRef, QuerySet, Subquery, TextField
from django.db.models.sql.compiler import SQLCompiler
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helsevev.commons.finding.queries import asked
from helsevev.commons.finding.rules import Hit, Piece, Query, mark
from helsevev.commons.initiatives import queries as initiatives
from helsevev.commons.initiatives.models import Initiative, Party
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.queries.naming import Naming, award
from helsevev.network.portfolio.queries.wording import in_language, lead

MOST_PARTNERS = 2
MIDDLE_DOT = "\N{NO-BREAK SPACE}\N{MIDDLE DOT} "  # stays with the word before it
ENDINGS = {"nb": "", "nn": "_nn", "en": "_en"}
COLUMNS = (
    "initiative_id", "initiative__key", "initiative__title", "initiative__title_nn", "initiative__title_en",
    "summary_nb", "summary_nn", "summary_en", "award_year", "award_round", "support", "initiative__kind", "listing",
    "published", "phase", "regions",
)  # fmt: skip
Compiled = tuple[str, tuple[str | int, ...]]


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


class Joined(Aggregate):
    """Codes of several rows as one text with commas between."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, ',')"
    output_field = TextField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_more: object) -> Compiled:
        """SQLite's own name for it."""
        return self.as_sql(compiler, connection, function="GROUP_CONCAT")


def cards(
    projects: QuerySet[Project], naming: Naming, today: date, text: str = "", hits: Mapping[str, Hit] | None = None
) -> list[Card]:
    """The projects as cards, in their order, the words searched for marked. Two statements, and the taxonomy's.

    Phase and regions are asked for when it is settled which few rows the page holds, not while all are sorted.
    """
    few = Project.objects.filter(pk__in=projects.values("pk")).order_by(*projects.query.order_by)
    rows = list(few.annotate(phase=_phase(today), regions=_codes("health_region")).values(*COLUMNS))
    parties = _parties([row["initiative_id"] for row in rows])
    writer = Writer(naming, parties, asked(text) if text else None)
    return [writer.card(row, (hits or {}).get(row["initiative__key"])) for row in rows]


def _phase(today: date) -> Subquery:
    """The phase that a project is in, as far as it is stated."""
    moves = initiatives.current_moves(today).filter(initiative=OuterRef("initiative_id"))
    return Subquery(moves.values("phase")[:1])


def _codes(vocabulary: str) -> Subquery:
    """The codes of one vocabulary that a project carries."""
    carried = Initiative.terms.through.objects.filter(
        initiative=OuterRef("initiative_id"), term__vocabulary=vocabulary
    ).order_by()
    joined = carried.values("initiative").annotate(codes=Joined("term__code"))
    return Subquery(joined.values("codes"))  # type: ignore[misc] # annotations of a through table aren't known to it


@dataclass(frozen=True)
class Writer:
    """Writes rows as cards, for readers of one language who may have searched for something."""

    naming: Naming
    parties: Mapping[str, Mapping[int, list[str]]]
    asked: Query | None

    def card(self, row: Mapping[str, Any], hit: Hit | None) -> Card:
        """One card."""
        id_, language = row["initiative_id"], self.naming.language
        title = in_language(language, {code: row[f"initiative__title{end}"] for code, end in ENDINGS.items()})
        summary = in_language(language, {code: row[f"summary_{code}"] for code in ENDINGS})
        shown_title, shown_lead = _marked(title.text, self.asked), _marked(lead(summary.text), self.asked)
        return {
            "key": row["initiative__key"],
            "title": shown_title,
            "title_lang": title.lang,
            "lead": shown_lead,
            "lead_lang": summary.lang,
            "found": _elsewhere(hit) if hit and "<mark>" not in shown_title + shown_lead else SafeString(""),
            "parties": _together(self.parties["owner"].get(id_, ()), self.parties["partner"].get(id_, ())),
            "tags": self._tags(row),
            "foot": self._foot(row),
        }

    def _tags(self, row: Mapping[str, Any]) -> list[str]:
        """What stands out: a draft, the phase, and whether it is new or spread, as far as they are stated."""
        named = [self.naming.term("phase", row["phase"] or ""), self.naming.term("kind", row["initiative__kind"])]
        return [tag for tag in ("" if row["published"] else _("Draft"), *named) if tag]

    def _foot(self, row: Mapping[str, Any]) -> str:
        """Where, when and with what support, on one line."""
        regions = row["regions"].split(",") if row["regions"] else []
        said = [
            *self.naming.terms("health_region", regions),
            "" if row["phase"] else _("Phase not stated"),
            award(row["award_year"], row["award_round"]),
            self.naming.term("support", row["support"]),
        ]
        return MIDDLE_DOT.join(text for text in said if text)


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
