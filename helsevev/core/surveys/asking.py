"""What a survey asks (spørsmål), read from a form: choices that can be counted, and words that are read by people.

A survey takes no numbers, days, files or rows that repeat: one such answer can point to one person.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from helsevev.core.questionnaire.model import CHOICES, Item, Kind, Questionnaire
from helsevev.core.questionnaire.texts import NOTHING, Text
from helsevev.core.words import Refusal, gettext_noop

OTHER = "other"
YES, NO = "yes", "no"
SAID: Mapping[str, Text] = {
    YES: Text({"nb": "Ja", "nn": "Ja", "en": "Yes"}),
    NO: Text({"nb": "Nei", "nn": "Nei", "en": "No"}),
    OTHER: Text({"nb": "Noe annet", "nn": "Noko anna", "en": "Something else"}),
}
WORDS = frozenset({Kind.STRING, Kind.TEXT})
MOST_GROUPS = 12


class Why(StrEnum):
    """Why a form can't be a survey."""

    NOT_COUNTED = gettext_noop(
        "“%(question)s” asks for something that can point to one person. "
        "A survey asks with choices, yes or no, and text."
    )
    REPEATS = gettext_noop("“%(question)s” repeats. A survey asks each question once.")
    NOTHING = gettext_noop("The form asks nothing that can be counted.")


@dataclass(frozen=True)
class Level:
    """One answer to choose (svarnivå)."""

    key: str
    text: Text


@dataclass(frozen=True)
class Question:
    """A question that is counted (spørsmål). `key` stays the same through the years; it stands under `heading`."""

    key: str
    text: Text
    heading: Text
    levels: tuple[Level, ...]
    many: bool = False

    @property
    def wording(self) -> str:
        """What tells one wording from another: the question, what it stands under, and its answers."""
        parts = [self.text.by_language, self.heading.by_language, self.many]
        parts += [[level.key, level.text.by_language] for level in self.levels]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]

    @property
    def scale(self) -> tuple[str, ...]:
        """The keys of its answers: questions with the same can be drawn together."""
        return tuple(level.key for level in self.levels)

    @property
    def may_group(self) -> bool:
        """Whether answers can be told apart by it."""
        return not self.many and 1 < len(self.levels) <= MOST_GROUPS


def questions(form: Questionnaire) -> tuple[Question, ...]:
    """Everything that is counted, in the order of the form."""
    found = [_question(item, heading) for item, heading in _every(form.items) if _is_counted(item)]
    return tuple(found)


def open_questions(form: Questionnaire) -> Mapping[str, Text]:
    """Everything that is answered in people's own words, by linkId."""
    free = (item for item, _heading in _every(form.items) if item.kind in WORDS or item.kind is Kind.OPEN_CHOICE)
    return {item.link_id: item.text for item in free}


def refuse(form: Questionnaire) -> list[Refusal]:
    """Why a form can't be a survey."""
    found = []
    for item, _heading in _every(form.items):
        named = {"question": str(item.text) or item.link_id}
        if item.has_rows:
            found.append(Refusal(Why.REPEATS, named))
        elif item.asks and not (item.kind in WORDS or _is_counted(item)):
            found.append(Refusal(Why.NOT_COUNTED, named))
    return found or ([] if questions(form) else [Refusal(Why.NOTHING)])


def _every(items: Sequence[Item], heading: Text = NOTHING) -> Iterator[tuple[Item, Text]]:
    for item in items:
        yield item, heading
        yield from _every(item.items, item.text if item.is_group else heading)


def _is_counted(item: Item) -> bool:
    return item.kind is Kind.BOOLEAN or item.kind in CHOICES


def _question(item: Item, heading: Text) -> Question:
    if item.kind is Kind.BOOLEAN:
        levels = [Level(key, SAID[key]) for key in (YES, NO)]
    else:
        levels = [Level(option.key, option.text) for option in item.options]
    if item.kind is Kind.OPEN_CHOICE:
        levels.append(Level(OTHER, SAID[OTHER]))
    return Question(item.link_id, item.text, heading, tuple(levels), item.takes_many)
