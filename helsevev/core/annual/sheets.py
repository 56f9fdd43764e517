"""A year's report as a workbook: the figures, the rows behind each, and the appendix."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from helsevev.core.tables import Cell, Sheet
from helsevev.core.words import gettext_noop

FIGURES, ROWS, APPENDIX = gettext_noop("Figures"), gettext_noop("Rows behind"), gettext_noop("Appendix")
FIGURE_HEADS: Mapping[str, str] = {
    "key": gettext_noop("Key"),
    "label": gettext_noop("Figure"),
    "counted": gettext_noop("Counted"),
    "stated": gettext_noop("Stated"),
    "difference": gettext_noop("Difference"),
    "unit": gettext_noop("Unit"),
    "definition": gettext_noop("Definition"),
    "note": gettext_noop("Note"),
    "n": "n",
    "source": gettext_noop("Source"),
    "query_digest": gettext_noop("Digest"),
}
APPENDIX_HEADS: Mapping[str, str] = {
    "key": gettext_noop("Key"),
    "title": gettext_noop("Title"),
    "owners": gettext_noop("Owner"),
    "partners": gettext_noop("Partners"),
    "regions": gettext_noop("Region"),
    "award_year": gettext_noop("Award year"),
    "award_round": gettext_noop("Round"),
    "phase": gettext_noop("Phase"),
    "patient_groups": gettext_noop("Patient group"),
    "kind": gettext_noop("Kind"),
    "status": gettext_noop("Status"),
    "result": gettext_noop("Result"),
}


def sheets(document: Mapping[str, Any], say: Callable[[str], str]) -> list[Sheet]:
    """The three sheets."""
    return [
        Sheet(say(FIGURES), _heads(FIGURE_HEADS, say), _cells(document["figures"], tuple(FIGURE_HEADS))),
        Sheet(say(ROWS), [say(gettext_noop("Figure")), say(gettext_noop("Key"))], _behind(document["figures"])),
        Sheet(say(APPENDIX), _heads(APPENDIX_HEADS, say), _cells(document["appendix"], tuple(APPENDIX_HEADS))),
    ]


def _heads(heads: Mapping[str, str], say: Callable[[str], str]) -> list[str]:
    return [say(head) for head in heads.values()]


def _cells(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Iterator[Sequence[Cell]]:
    for row in rows:
        yield [", ".join(row[name]) if isinstance(row[name], list) else row[name] for name in names]


def _behind(figures: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[Cell]]:
    for figure in figures:
        for key in figure["rows"]:
            yield [figure["key"], key]
