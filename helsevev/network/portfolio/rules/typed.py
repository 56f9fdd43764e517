"""A project as a person types it in a form (skjema): text alone, with everything kept, however wrong. Pure.

Every field is text, a list of texts, or a list of rows of texts. Kept values can be typed (`typed`), what was typed
can be compared with what the form showed (`changed`), and two people's lists be joined (`together`). `shaping` makes
the shape of the file of it, for the rules to judge. Nothing is guessed, and nothing lost: a draft is kept so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from helsevev.commons.initiatives.rules import Taxonomy
from helsevev.network.portfolio.rules.fields import FIELDS, NAMES
from helsevev.network.portfolio.rules.typed_values import written

Row = dict[str, str]
Typed = dict[str, Any]  # text, texts or rows, by field

ENTRIES: Mapping[str, tuple[str, ...]] = {
    "phases": ("phase", "on", "until", "how", "as_of", "source", "note"),
    "figures": ("what", "value", "unit", "as_of", "source"),
    "log": ("on", "nb", "nn", "en", "source"),
    "milestones": ("title", "planned", "reached"),
    "deliverables": ("title", "url", "on"),
}
LISTED = (*NAMES, "themes")
CHOSEN = ("regions", "patient_groups")
# A move that stands can't be typed over: it is withdrawn, with the reason, and another one is added.
KEPT, WITHDRAW, WHY = "kept", "withdraw", "why"
YES = "yes"
OUTSIDE_THE_FORM = ("published",)
# Ids that the room's other addresses begin with; a project of that name could never be reached.
RESERVED = frozenset({"dashboard", "drafts", "export", "feed", "import", "lookup", "new", "staff"})


@dataclass(frozen=True)
class Words:
    """The words that a form shows instead of codes (ord), in its language."""

    taxonomy: Taxonomy
    language: str
    figures: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # label by key, by language

    @cached_property
    def _figures_named(self) -> Mapping[str, str]:
        """Keys of figures by their labels in every language; a label that two share names neither."""
        found: dict[str, str] = {}
        for labels in self.figures.values():
            for key, label in labels.items():
                folded = _folded(label)
                found[folded] = key if found.get(folded, key) == key else ""
        return found

    def figure_named(self, text: str) -> str:
        """The key of the figure that `text` means; a name of one's own as it can be kept."""
        known = self.figures.get(self.language, {})
        own = "_".join(text.split())
        return own if own in known else self._figures_named.get(_folded(text)) or own

    def figure(self, key: str) -> str:
        """What the form calls a figure, such that it means the same when it comes back."""
        names = (self.figures.get(self.language, {}).get(key, ""), key.replace("_", " "), key)
        return next((name for name in names if name and self.figure_named(name) == key), key)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


# --- From what is kept -----------------------------------------------------------------------------------------------
def typed(fields: Mapping[str, Any], words: Words) -> Typed:
    """A project's fields as its form shows them."""
    return {name: _typed(name, value, words) for name, value in fields.items() if name not in OUTSIDE_THE_FORM}


def _typed(name: str, value: Any, words: Words) -> Any:  # noqa: ANN401
    """One field."""
    if name == "figures":
        return [_figure(key, about, words) for key, about in value.items()]
    if name == "phases":
        return [{**_row(entry), "as_of": YES if entry["as_of"] else "", KEPT: YES} for entry in value]
    if isinstance(value, list):
        return [_row(one) if name in ENTRIES else _text(name, one, words) for one in value]
    return "" if value is None else str(value)


def _text(name: str, one: Any, words: Words) -> str:  # noqa: ANN401
    """One of several texts: a name as it was written, a theme's label, a code that is chosen by its label."""
    if name in NAMES:
        return str(one["name"])
    return words.taxonomy.label("theme", one, words.language) if name == "themes" else str(one)


def _figure(key: str, about: Mapping[str, Any], words: Words) -> Row:
    value = {"value": written(about["value"])}
    return {"what": words.figure(key), **{name: str(text) for name, text in about.items()}, **value}


def _row(entry: Mapping[str, Any]) -> Row:
    return {name: str(text) for name, text in entry.items()}


# --- What differs ----------------------------------------------------------------------------------------------------
def changed(mine: Mapping[str, Any], shown: Mapping[str, Any]) -> list[str]:
    """The fields whose content isn't what the form showed; blanks around it and empty rows are no content."""
    return [name for name in mine if content(mine[name]) != content(shown.get(name, ""))]


def content(value: Any) -> Any:  # noqa: ANN401
    """What of something typed counts."""
    if isinstance(value, list):
        return [tidy for one in value if (tidy := content(one))]
    if isinstance(value, dict):
        return _row_content(value)
    return _one_kind_of_line_end(str(value)).strip()


def _row_content(row: Mapping[str, str]) -> Row:
    """A row's cells that say something; one that says nothing but yes or actual is empty."""
    cells = {name: text for name, text in ((name, content(text)) for name, text in row.items()) if text}
    return {} if cells.keys() <= {"how"} else cells


def _one_kind_of_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def together(name: str, shown: Any, mine: Any, theirs: Any) -> Any | None:  # noqa: ANN401
    """Both changes of a list in one; None where only one of them can stand."""
    if not isinstance(mine, list):
        return None
    before, own, others = content(shown), content(mine), content(theirs)
    if name == "phases":
        return _moves_together(own, others)
    gone = [one for one in before if one not in own]
    added = [one for one in own if one not in before and one not in others]
    joined = [one for one in others if one not in gone] + added
    if name == "figures" and len({_folded(row.get("what", "")) for row in joined}) < len(joined):
        return None
    return [_full(name, one) for one in joined]


def _moves_together(own: Sequence[Row], others: Sequence[Row]) -> list[Row]:
    """The moves that stand now, those that I withdraw marked so, and those that I add."""
    marks = {_move(row): row for row in own if row.get(WITHDRAW)}
    standing = [{**row, **_marks(marks.get(_move(row), {}))} for row in others]
    known = {_move(row) for row in others}
    return [_full("phases", row) for row in (*standing, *(row for row in own if _is_new(row, known)))]


def _is_new(row: Row, known: Iterable[tuple[str, ...]]) -> bool:
    return not row.get(KEPT) and _move(row) not in known


def _move(row: Mapping[str, str]) -> tuple[str, ...]:
    """What makes a move the same move."""
    return tuple(row.get(name, "") for name in ENTRIES["phases"])


def _marks(row: Mapping[str, str]) -> Row:
    return {name: row[name] for name in (WITHDRAW, WHY) if name in row}


def _full(name: str, one: Any) -> Any:  # noqa: ANN401
    """A row with every cell, also the empty ones."""
    return dict.fromkeys(ENTRIES[name], "") | one if isinstance(one, dict) else one


def fields_of(allowed: Iterable[str]) -> list[str]:
    """The form's fields among those that someone may change, in their order."""
    wanted = set(allowed)
    return [name for name in FIELDS if name in wanted and name not in OUTSIDE_THE_FORM]
