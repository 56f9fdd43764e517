"""One answered form taken apart (oppdeling): its choices on one hand, its own words on the other.

They are kept apart, so that somebody who is known by how they write isn't known by what they ticked.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from helsevev.core.questionnaire.evaluating import Evaluation
from helsevev.core.questionnaire.model import Kind, Option, Other
from helsevev.core.surveys.asking import NO, OTHER, WORDS, YES


@dataclass(frozen=True)
class Parts:
    """What is kept of one answered form: keys of what was chosen, and words by question."""

    choices: Mapping[str, list[str]]
    words: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered."""
        return not self.choices and not self.words


def split(found: Evaluation) -> Parts:
    """What was answered of what was asked; the rest is left behind."""
    choices: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    for spot in found.spots.values():
        if not spot.enabled or not spot.typed:
            continue
        key = spot.item.link_id
        if spot.item.kind in WORDS:
            words[key] = str(spot.typed[0]).strip()
        elif spot.item.kind is Kind.BOOLEAN:
            choices[key] = [YES if spot.typed[0] is True else NO]
        else:
            choices[key] = [one.key for one in spot.typed if isinstance(one, Option)]
            for one in spot.typed:
                if isinstance(one, Other):
                    choices[key].append(OTHER)
                    words[key] = one.text.strip()
    return Parts({key: value for key, value in choices.items() if value}, {k: v for k, v in words.items() if v})
