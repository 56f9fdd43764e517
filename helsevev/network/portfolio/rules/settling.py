"""Settles a row's names, words and kinship against what exists: pure, given what exists."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Any

from helsevev.commons.initiatives.rules import GENERIC, Taxonomy
from helsevev.commons.people.rules import Directory
from helsevev.core import lineage
from helsevev.core.faults import Fault, Step, nearest, place, quoted
from helsevev.core.words import Refusal, gettext_noop
from helsevev.network.portfolio.rules.fields import FIELDS, LINEAGE, NAMES, Fields, Kind


class Why(StrEnum):
    """Why a row isn't taken in."""

    UNKNOWN_NAME = gettext_noop("Nobody is known as %(value)s. Nearest: %(nearest)s")
    UNKNOWN_NAME_ALONE = gettext_noop("Nobody is known as %(value)s")
    LOST_ORGANISATION = gettext_noop("%(value)s means '%(key)s', and there is no such organisation")
    UNKNOWN_WORD = gettext_noop("%(value)s is not a word of the taxonomy. Nearest: %(nearest)s")
    UNKNOWN_WORD_ALONE = gettext_noop("%(value)s is not a word of the taxonomy")
    UNKNOWN_PROJECT = gettext_noop("There is no project %(value)s. Nearest: %(nearest)s")
    UNKNOWN_PROJECT_ALONE = gettext_noop("There is no project %(value)s")
    OWN_PARENT = gettext_noop("A project can't stand in this way to itself")
    CIRCLE = gettext_noop("This would make a project its own ancestor: %(circle)s")
    NEEDS_TITLE = gettext_noop("A project needs a title")
    ID_TWICE = gettext_noop("The id %(value)s is already used by %(first)s")
    ID_TAKEN = gettext_noop("The id %(value)s is already used by another project")


@dataclass(frozen=True)
class Known:
    """What exists (kjent): the taxonomy, the names of organisations, and the projects one can refer to."""

    taxonomy: Taxonomy
    directory: Directory
    projects: Collection[str] = frozenset()
    organisations: Collection[str] = field(default=frozenset())


def settle(fields: Fields, known: Known, where: tuple[Step, ...] = ()) -> tuple[Fields, list[Fault]]:
    """The fields with names, words and kinship settled, and what nobody knows."""
    settled, faults = dict(fields), []
    for name, value in fields.items():
        settle_one = SETTLERS.get(FIELDS[name].kind)
        if settle_one is None or name == "listing" or value in (None, []):
            continue
        settled[name], refusals = settle_one(name, value, known)
        for step, refusal in refusals:
            faults.append(Fault(place((*where, *FIELDS[name].path, *step)), refusal))
    return settled, faults


Problems = list[tuple[tuple[Step, ...], Refusal]]


def _names(name: str, value: Any, known: Known) -> tuple[Any, Problems]:  # noqa: ANN401
    """Names with the parties they mean. A name that was settled before (as in the history) keeps its parties."""
    settled: list[dict[str, Any]] = []
    problems: Problems = []
    for number, one in enumerate(value):
        step: tuple[Step, ...] = () if name == "owners" and len(value) == 1 else (number,)
        written = one["name"] if isinstance(one, dict) else one
        parties = list(one["parties"]) if isinstance(one, dict) else _parties(written, known)
        if not parties:
            problems.append((step, _unknown(Why.UNKNOWN_NAME, written, known.directory.nearest(written))))
            continue
        lost = [who for who in parties if not who.startswith(GENERIC) and who not in known.organisations]
        problems += [(step, Refusal(Why.LOST_ORGANISATION, {"value": quoted(written), "key": who})) for who in lost]
        settled.append({"name": written, "parties": parties})
    return once(settled), problems


def _parties(written: str, known: Known) -> list[str]:
    """Whom a written name means."""
    found = known.directory.resolve(written)
    if found is None:
        return []
    return [*found.organisations, *([f"{GENERIC}{found.generic}"] if found.generic else [])]


def once(names: Iterable[Mapping[str, Any]], taken: Collection[str] = ()) -> list[dict[str, Any]]:
    """The names without parties that stand before them or are `taken`; a name left without any goes.

    Generic parties are told apart by how they are written: two teams that nobody names are still two.
    """
    seen = set(taken)
    kept = []
    for one in names:
        marks = {who: f"{who} {one['name'].casefold()}" if who.startswith(GENERIC) else who for who in one["parties"]}
        new = [who for who, mark in marks.items() if mark not in seen]
        seen |= set(marks.values())
        if new:
            kept.append({"name": one["name"], "parties": new})
    return kept


def owners_first(fields: Fields) -> Fields:
    """An owner that is repeated among the partners is one party, as owner."""
    owning = {
        f"{who} {one['name'].casefold()}" if who.startswith(GENERIC) else who
        for one in fields["owners"]
        for who in one["parties"]
    }
    return fields | {"partners": once(fields["partners"], owning)}


def _codes(name: str, value: Any, known: Known) -> tuple[Any, Problems]:  # noqa: ANN401
    """Words as codes, each once, in the taxonomy's order."""
    vocabulary = FIELDS[name].vocabulary
    found = [known.taxonomy.find(vocabulary, text) for text in value]
    problems: Problems = [
        ((number,), _unknown(Why.UNKNOWN_WORD, text, known.taxonomy.nearest(vocabulary, text)))
        for number, (text, code) in enumerate(zip(value, found, strict=True))
        if code is None
    ]
    return known.taxonomy.in_order(vocabulary, [code for code in found if code]), problems


def _code(name: str, value: Any, known: Known) -> tuple[Any, Problems]:  # noqa: ANN401
    """One word as its code."""
    codes, problems = _codes(name, [value], known)
    return (codes[0] if codes else None), [((), refusal) for _step, refusal in problems]


def _project(_name: str, value: Any, known: Known) -> tuple[Any, Problems]:  # noqa: ANN401
    """Another project, which must exist or stand in the same file."""
    if value in known.projects:
        return value, []
    return value, [((), _unknown(Why.UNKNOWN_PROJECT, value, nearest(value, known.projects)))]


SETTLERS: Mapping[Kind, Callable[[str, Any, Known], tuple[Any, Problems]]] = {
    Kind.NAMES: _names,
    Kind.CODES: _codes,
    Kind.CODE: _code,
    Kind.PROJECT: _project,
}
ALONE: Mapping[Why, Why] = {
    Why.UNKNOWN_NAME: Why.UNKNOWN_NAME_ALONE,
    Why.UNKNOWN_WORD: Why.UNKNOWN_WORD_ALONE,
    Why.UNKNOWN_PROJECT: Why.UNKNOWN_PROJECT_ALONE,
}


def _unknown(why: Why, written: str, close: Sequence[str]) -> Refusal:
    """The refusal of what nobody knows, with the nearest that are known."""
    if not close:
        return Refusal(ALONE[why], {"value": quoted(written)})
    return Refusal(why, {"value": quoted(written), "nearest": ", ".join(close)})


def circles(edges: Iterable[lineage.Edge], changed: Mapping[str, Fields]) -> list[tuple[str, str, Refusal]]:
    """Projects that would become their own ancestors: whose row to blame, its field, and why.

    `edges` is what stands; a changed row's own kinship takes the place of what stood. A circle is blamed on each
    changed row in it: any of them can break it.
    """
    kept = [edge for edge in edges if edge.kind not in changed.get(edge.child, {})]
    new = [
        lineage.Edge(child, fields[kind], lineage.Kind(kind))
        for child, fields in changed.items()
        for kind in LINEAGE
        if fields.get(kind)
    ]
    found = [(edge.child, str(edge.kind), Refusal(Why.OWN_PARENT)) for edge in new if edge.child == edge.parent]
    others = [edge for edge in (*kept, *new) if edge.child != edge.parent]
    for circle in lineage.cycles(others):
        steps = set(pairwise(circle))
        refusal = Refusal(Why.CIRCLE, {"circle": " → ".join(circle)})
        found += [
            (edge.child, str(edge.kind), refusal)
            for edge in new
            if edge.kind in lineage.DESCENT and (edge.child, edge.parent) in steps
        ]
    return found


assert set(NAMES) == {name for name, field in FIELDS.items() if field.kind is Kind.NAMES}
