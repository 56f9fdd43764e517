"""What of a project is shown to the rest of the house: a document to be found, and an item on the shelf. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from helsevev.commons.finding.rules import Doc
from helsevev.commons.initiatives.rules import GENERIC, Taxonomy
from helsevev.commons.shelf.rules import JSON, Field, ItemType, Kind
from helsevev.core import dates, lineage, roadmap
from helsevev.core.words import gettext_noop
from helsevev.network.portfolio.rules.fields import FIELDS, LANGUAGES, LINEAGE
from helsevev.network.portfolio.rules.reading import stated_move

DOCUMENT = "project"
DAYS_IN_A_MONTH = 365.2425 / 12
PUBLISHED = ItemType(
    "project-published",
    "network.portfolio",
    gettext_noop("Published project"),
    {
        "titles": Field(Kind.BY_LANGUAGE, gettext_noop("Title")),
        "summary": Field(Kind.BY_LANGUAGE, gettext_noop("Summary")),
        "listing": Field(Kind.TEXT, gettext_noop("List")),
        "owners": Field(Kind.TEXTS, gettext_noop("Owner")),
        "regions": Field(Kind.TEXTS, gettext_noop("Health regions")),
        "patient_groups": Field(Kind.TEXTS, gettext_noop("Patient groups")),
        "themes": Field(Kind.TEXTS, gettext_noop("Themes")),
        "year": Field(Kind.WHOLE, gettext_noop("Award year"), required=False),
        "round": Field(Kind.WHOLE, gettext_noop("Award round"), required=False),
        "support": Field(Kind.TEXT, gettext_noop("Kind of support"), required=False),
        # Each fact: what (its name in data/figures.csv), value, and unit, as_of, source as far as they are stated.
        "figures": Field(Kind.FACTS, gettext_noop("Figures"), required=False),
    },
)


def by_language(fields: Mapping[str, Any], name: str) -> dict[str, str]:
    """A text in the languages in which it is stated."""
    columns = {"nb": "title", "nn": "title_nn", "en": "title_en"} if name == "title" else _columns(name)
    return {language: fields[column] for language, column in columns.items() if fields[column]}


def _columns(name: str) -> dict[str, str]:
    return {language: f"{name}_{language}" for language in LANGUAGES}


def shelf_body(fields: Mapping[str, Any]) -> dict[str, JSON]:
    """What lies on the shelf of a published project: codes and texts, nothing of persons."""
    body: dict[str, Any] = {
        "titles": by_language(fields, "title"),
        "summary": by_language(fields, "summary"),
        "listing": fields["listing"],
        "owners": [one["name"] for one in fields["owners"]],
        "regions": fields["regions"],
        "patient_groups": fields["patient_groups"],
        "themes": fields["themes"],
        "year": fields["award_year"],
        "round": fields["award_round"],
        "support": fields["support"],
        "figures": [
            _shelf_figure(what, about)
            for what, about in (fields["figures"] or {}).items()
            if not isinstance(about["value"], dict)
        ],
    }
    return body


def _shelf_figure(what: str, about: Mapping[str, Any]) -> dict[str, JSON]:
    """A figure as one flat fact; several values, such as a first and a last year, are written after one another."""
    value = about["value"]
    text = "–".join(map(str, value)) if isinstance(value, list) else value
    stated = {name: about[name] for name in ("unit", "as_of", "source") if about.get(name)}
    return {"what": what, "value": text, **stated}


@dataclass(frozen=True)
class Surroundings:
    """What a document says besides the project's own fields (omgivelser)."""

    taxonomy: Taxonomy
    names: Mapping[str, str]
    counties: Mapping[str, str]
    kinship: Mapping[str, "Kin"]
    today: date


@dataclass(frozen=True)
class Kin:
    """How a project is related, as the index knows it (slekt)."""

    family: str = ""
    parents: tuple[str, ...] = ()
    model: str = ""


def kinship(edges: Iterable[lineage.Edge]) -> dict[str, Kin]:
    """For everyone with kin: the eldest of the family, whom it comes from, and the eldest that shares its model."""
    every = list(edges)
    families = lineage.eldest(every)
    models = lineage.eldest([edge for edge in every if edge.kind is not lineage.Kind.CONTINUES])
    parents: dict[str, list[str]] = {}
    for edge in every:
        if edge.kind in lineage.DESCENT:
            parents.setdefault(edge.child, []).append(edge.parent)
    return {
        key: Kin(family, tuple(sorted(set(parents.get(key, ())))), models.get(key, ""))
        for key, family in families.items()
    }


def organisations(fields: Mapping[str, Any]) -> list[str]:
    """Keys of the organisations that take part, owners first."""
    parties = (who for one in (*fields["owners"], *fields["partners"]) for who in one["parties"])
    return list(dict.fromkeys(who for who in parties if not who.startswith(GENERIC)))


def document(key: str, fields: Mapping[str, Any], around: Surroundings) -> Doc:
    """A project as a document to be found."""
    return Doc(
        DOCUMENT,
        key,
        {language: (_title(fields, language), _body(fields, around, language)) for language in LANGUAGES},
        _facets(key, fields, around),
        "everyone" if fields["published"] else "staff",
    )


def _title(fields: Mapping[str, Any], language: str) -> str:
    titles = by_language(fields, "title")
    return titles.get(language) or str(fields["title"])


def _body(fields: Mapping[str, Any], around: Surroundings, language: str) -> str:
    """Everything that a reader might look for, in the reader's language where there is one; the summary first."""
    summaries = by_language(fields, "summary")
    words = [
        around.taxonomy.label(FIELDS[name].vocabulary, code, language)
        for name in ("themes", "patient_groups", "regions")
        for code in fields[name]
    ]
    parties = [one["name"] for one in (*fields["owners"], *fields["partners"])]
    names = [around.names.get(key, "") for key in organisations(fields)]
    log = [entry[language] or entry["nb"] or entry["en"] for entry in fields["log"]]
    parts = [
        summaries.get(language) or summaries.get("nb") or summaries.get("nn") or summaries.get("en") or "",
        ", ".join(dict.fromkeys((*parties, *names))),
        ", ".join(words),
        fields["phase_note"] or "",
        *log,
    ]
    return "\n".join(part for part in parts if part)


def _facets(key: str, fields: Mapping[str, Any], around: Surroundings) -> dict[str, Collection[str]]:
    """What it is counted, filtered and compared by.

    Where a project has one value or none, none is the value "": so that "not stated" is counted and can be chosen.
    """
    year, number = fields["award_year"], fields["award_round"]
    moves = [stated_move(entry).move for entry in fields["phases"]]
    kin = around.kinship.get(key, Kin())
    keys = organisations(fields)
    return {
        "listing": [fields["listing"]],
        "region": fields["regions"],
        "county": {around.counties[one] for one in keys if around.counties.get(one)},
        "phase": _one(roadmap.phase_on(moves, around.today)),
        "moved": {f"{step.origin}>{step.target}" for step in roadmap.transitions(moves)},
        "months_in": set(_months_in(moves, around.today)),
        "patient_group": fields["patient_groups"],
        "theme": fields["themes"],
        "focus_area": _stated(fields["focus_area"]),
        "support": _one(fields["support"]),
        "year": _one(year),
        "round": [f"{year}-{number}"] if year and number else [],
        "kind": _one(fields["kind"]),
        "status": _one((fields["status"] or "").partition("-")[0]),
        "organisation": keys,
        "family": _stated(kin.family),
        "parent": kin.parents,
        "model": _stated(kin.model),
    }


def _one(value: object) -> list[str]:
    """One value; the empty one where it isn't stated."""
    return [str(value or "")]


def _months_in(moves: Sequence[roadmap.Move], today: date) -> Iterable[str]:
    """How many months it was in each phase, where both the first and the last day are stated."""
    last_days = {move.ends for move in moves if move.until and dates.parse(move.until).is_day}
    last_days |= {move.starts - timedelta(days=1) for move in moves if move.to_the_day}
    for stay in roadmap.stays(moves, today):
        if stay.to_the_day and stay.end in last_days:
            yield f"{stay.phase}:{round(stay.days(today) / DAYS_IN_A_MONTH)}"


def _stated(value: object) -> list[str]:
    """One value, or none where it isn't stated."""
    return [str(value)] if value else []


assert set(LINEAGE) == set(lineage.Kind)
