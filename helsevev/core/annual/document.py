"""A year's report as one document (årsrapport): figures and appendix that can't disagree, sealed with a digest.

The document is plain JSON with the same bytes for the same facts in the same language. No clock has a part in it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from helsevev.core.annual.facts import Facts, Project
from helsevev.core.annual.figures import Figure, Words, figures
from helsevev.core.faults import Fault, Faulty
from helsevev.core.words import Refusal, gettext_noop

NOT_THE_ROWS = gettext_noop("%(counted)s are counted and %(rows)s rows lie behind")
NOT_IN_APPENDIX = gettext_noop("%(key)s is counted and isn't in the appendix")
NOT_THE_APPENDIX = gettext_noop("%(counted)s projects are counted and the appendix lists %(rows)s")
NOT_THE_WHOLE = gettext_noop("the parts are %(parts)s together, and the whole is %(whole)s")
# What every project is one of, so that the parts make the whole.
WHOLES: Mapping[str, Sequence[str]] = {
    "projects.kind_not_stated": ("projects.innovation", "projects.spread", "projects.kind_not_stated"),
}

Document = dict[str, Any]


def build(facts: Facts, words: Words) -> Document:
    """The whole report in one language. Raises `Faulty` where headline, parts, rows and appendix disagree."""
    counted = figures(facts, words)
    appendix = [_row(one, words) for one in facts.counted]
    if faults := disagreements(counted, appendix):
        raise Faulty(faults)
    document: Document = {
        "year": facts.year,
        "cutoff": facts.cutoff.isoformat(),
        "figures": [_shown(one) for one in counted],
        "appendix": appendix,
    }
    return {"year": document["year"], "cutoff": document["cutoff"], "digest": digest(document), **document}


def digest(document: Mapping[str, Any]) -> str:
    """SHA-256 of figures, appendix, year and cut-off, written as `as_json` writes them."""
    content = {name: value for name, value in document.items() if name != "digest"}
    return hashlib.sha256(_written(content)).hexdigest()


def as_json(document: Mapping[str, Any]) -> bytes:
    """The document's bytes."""
    return _written(document) + b"\n"


def _written(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()


def _shown(one: Figure) -> dict[str, Any]:
    names = ("key", "label", "definition", "unit", "counted", "stated", "difference", "note", "n", "source")
    shown = {name: _number(getattr(one, name)) for name in (*names, "query_digest")}
    return {**shown, "rows": list(one.rows)}


def _number(value: object) -> object:
    """Whole numbers without a decimal."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _row(one: Project, words: Words) -> dict[str, Any]:
    """A project of the appendix, with its result in the report's language, else the first there is."""
    row = asdict(one)
    titles, results = row.pop("titles"), row.pop("results")
    del row["last_year"], row["moves"]
    named = {
        "regions": [words.name("projects.by_region", code) for code in one.regions],
        "patient_groups": [words.name("projects.by_patient_group", code) for code in one.patient_groups],
        "phase": words.name("projects.by_phase", one.phase) if one.phase else "",
        "kind": words.name("kind", one.kind) if one.kind else "",
        "status": words.name("status", one.status) if one.status else "",
    }
    listed = {name: list(value) if isinstance(value, tuple) else value for name, value in row.items()}
    return {
        **listed,
        **named,
        "title": _in(words.language, titles),
        "result": _in(words.language, results),
    }


def _in(language: str, texts: Mapping[str, str]) -> str:
    return texts.get(language) or next((text for text in texts.values() if text), "")


def disagreements(counted: Iterable[Figure], appendix: Sequence[Mapping[str, Any]]) -> list[Fault]:
    """Every place where a figure isn't what its rows are, or isn't of the appendix, or parts don't make the whole."""
    found: list[Fault] = []
    listed = {row["key"] for row in appendix}
    by_key = {one.key: one for one in counted}
    for one in by_key.values():
        if one.rows and not one.weighed and one.counted != len(one.rows):
            found.append(_fault(one.key, NOT_THE_ROWS, counted=one.counted, rows=len(one.rows)))
        if one.key.startswith("projects."):
            found += [_fault(one.key, NOT_IN_APPENDIX, key=key) for key in one.rows if key not in listed]
    total = int(by_key["projects.total"].counted or 0)
    if total != len(listed) or len(listed) != len(appendix):
        found.append(_fault("projects.total", NOT_THE_APPENDIX, counted=total, rows=len(appendix)))
    for name, parts in WHOLES.items():
        together = sum(int(by_key[part].counted or 0) for part in parts)
        if together != total:
            found.append(_fault(name, NOT_THE_WHOLE, parts=together, whole=total))
    return found


def _fault(at: str, why: str, **values: object) -> Fault:
    return Fault(at, Refusal(why, values))
