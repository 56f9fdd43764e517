"""Letters and minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from helsevev.core.papers.glyphs import LONG_IN_CELL, on_one_line, paragraphs, shown
from helsevev.core.papers.setting import About
from helsevev.core.words import gettext_noop

OUR_REFERENCE = gettext_noop("Reference")
DECISION = gettext_noop("Decision")
ENCLOSED = gettext_noop("Enclosed")


@dataclass(frozen=True)
class Table:
    """A table with a title; columns named in `numeric` (by place) stand to the right."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Letter:
    """A letter (brev). Bodies are plain text: an empty line parts paragraphs."""

    subject: str
    sender: Sequence[str]
    recipient: Sequence[str]
    date: str
    body: str
    reference: str = ""
    tables: Sequence[Table] = ()
    after: str = ""
    closing: str = ""
    signature: Sequence[str] = ()
    enclosed: Sequence[str] = ()


@dataclass(frozen=True)
class Item:
    """One item of a meeting (sak), with what was decided."""

    title: str
    body: str = ""
    decisions: Sequence[str] = ()
    tables: Sequence[Table] = field(default=())


@dataclass(frozen=True)
class Minutes:
    """Minutes of a meeting (referat, protokoll). `facts`: when, where, who was there, label and value."""

    title: str
    facts: Sequence[tuple[str, str]]
    items: Sequence[Item]
    intro: str = ""
    signature: Sequence[str] = ()


def letter_data(letter: Letter, about: About) -> Mapping[str, Any]:
    """What the template reads."""
    return {
        "sender": [shown(line) for line in letter.sender],
        "recipient": [shown(line) for line in letter.recipient],
        "date": shown(letter.date),
        "reference": shown(letter.reference),
        "reference_label": about.say(OUR_REFERENCE),
        "body": paragraphs(letter.body),
        "tables": [table_data(table) for table in letter.tables],
        "after": paragraphs(letter.after),
        "closing": shown(letter.closing),
        "signature": [shown(line) for line in letter.signature],
        "enclosed": [shown(line) for line in letter.enclosed],
        "enclosed_label": about.say(ENCLOSED),
    }


def minutes_data(minutes: Minutes, about: About) -> Mapping[str, Any]:
    """What the template reads."""
    return {
        "facts": [[shown(label), shown(value)] for label, value in minutes.facts],
        "intro": paragraphs(minutes.intro),
        "items": [_item_data(item) for item in minutes.items],
        "decision_label": about.say(DECISION),
        "signature": [shown(line) for line in minutes.signature],
    }


def _item_data(item: Item) -> Mapping[str, Any]:
    return {
        "title": on_one_line(item.title),
        "body": paragraphs(item.body),
        "decisions": [shown(one) for one in item.decisions],
        "tables": [table_data(table) for table in item.tables],
    }


def table_data(table: Table) -> Mapping[str, Any]:
    """A table as the template reads it; every row as long as its head, or it isn't a table."""
    if not table.head or any(len(row) != len(table.head) for row in table.rows):
        raise ValueError(f"every row of the table {table.title!r} needs {len(table.head)} cells")
    return {
        "title": on_one_line(table.title),
        "head": [shown(cell, long=LONG_IN_CELL) for cell in table.head],
        "rows": [[shown(cell, long=LONG_IN_CELL) for cell in row] for row in table.rows],
        "numeric": sorted(table.numeric),
        "weights": [_weight(table, place) for place in range(len(table.head))],
    }


def _weight(table: Table, place: int) -> float:
    """How much of the width a column gets beside the others; 0: as much as it needs."""
    if place in table.numeric:
        return 0
    longest = max(len(row[place]) for row in [table.head, *table.rows])
    return min(max(longest / LONG_IN_CELL, 1), 3)
