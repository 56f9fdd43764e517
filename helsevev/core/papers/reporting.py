"""Reports with chapters, pictures, tables and an appendix, for those who print and hand on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from helsevev.core.papers.glyphs import on_one_line, paragraphs, shown
from helsevev.core.papers.setting import About
from helsevev.core.papers.writing import Table, table_data
from helsevev.core.words import gettext_noop

CONTENTS = gettext_noop("Contents")


@dataclass(frozen=True)
class Picture:
    """A chart (figur) as SVG text, with its message, what it rests on, and words for those who don't see it."""

    title: str
    svg: str
    alt: str
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry of a list (oppføring): a heading, facts, and a text."""

    title: str
    facts: Sequence[tuple[str, str]]
    body: str = ""


@dataclass(frozen=True)
class Chapter:
    """A chapter (kapittel): its text, its pictures and tables in that order, and its entries."""

    title: str
    body: str = ""
    numbers: Sequence[tuple[str, str]] = ()
    pictures: Sequence[Picture] = ()
    tables: Sequence[Table] = ()
    entries: Sequence[Entry] = field(default=())


@dataclass(frozen=True)
class Report:
    """A report (rapport). `facts`: what stands on its cover, label and value."""

    title: str
    subtitle: str
    facts: Sequence[tuple[str, str]]
    chapters: Sequence[Chapter]


def report_data(report: Report, about: About) -> Mapping[str, Any]:
    """What the template reads."""
    return {
        "subtitle": shown(report.subtitle),
        "facts": _pairs(report.facts),
        "contents": about.say(CONTENTS),
        "chapters": [_chapter(one) for one in report.chapters],
    }


def _chapter(one: Chapter) -> Mapping[str, Any]:
    return {
        "title": on_one_line(one.title),
        "body": paragraphs(one.body),
        "numbers": _pairs(one.numbers),
        "pictures": [_picture(picture) for picture in one.pictures],
        "tables": [table_data(table) for table in one.tables],
        "entries": [
            {"title": on_one_line(entry.title), "facts": _pairs(entry.facts), "body": paragraphs(entry.body)}
            for entry in one.entries
        ],
    }


def _picture(one: Picture) -> Mapping[str, str]:
    return {"title": shown(one.title), "svg": one.svg, "alt": shown(one.alt), "note": shown(one.note)}


def _pairs(pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    return [[shown(label), shown(value)] for label, value in pairs]
