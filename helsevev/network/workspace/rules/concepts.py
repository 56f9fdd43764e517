"""Concept clarification (begrepsavklaring): examples that reveal a difference, and a text that is signed as it is."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from helsevev.core.words import Refusal, gettext_noop

SHORTEST_NAME = 2
LONGEST_TEXT = 4000


class Answer(StrEnum):
    """Whether an example falls inside what a party means by a word."""

    IN = "in"
    OUT = "out"
    UNSURE = "unsure"


ANSWER_NAMES: Mapping[Answer, str] = {
    Answer.IN: gettext_noop("Inside"),
    Answer.OUT: gettext_noop("Outside"),
    Answer.UNSURE: gettext_noop("Can't be told"),
}


class Why(StrEnum):
    """Why a word can't be changed or signed like this."""

    NAME_TAKEN = gettext_noop("This word, or another way to write it, stands on the list already.")
    NO_TEXT = gettext_noop("Write the definition that all parties are to sign.")
    SAME_TEXT = gettext_noop("This is what stands already. Nothing is changed, and the signatures stand.")
    NOTHING_TO_SIGN = gettext_noop("There is no agreed definition to sign yet.")
    STALE = gettext_noop("The definition was changed after you opened it. Read the new text, and sign that.")
    NOT_A_PARTY = gettext_noop("%(name)s isn't a party of this project, so nobody signs for it.")
    NOT_YOURS = gettext_noop("You can't sign for %(name)s. Somebody with its signature must.")
    SIGNED_ALREADY = gettext_noop("%(name)s has signed this text already.")
    SIGNED_WORD = gettext_noop("“%(name)s” has been laid forward for signing, so it is kept. Write a new text instead.")
    IN_USE = gettext_noop("%(what)s rests on this word.")


class Standing(StrEnum):
    """How far a word has come."""

    OPEN = "open"
    PROPOSED = "proposed"
    AGREED = "agreed"


STANDING_NAMES: Mapping[Standing, str] = {
    Standing.OPEN: gettext_noop("Being clarified"),
    Standing.PROPOSED: gettext_noop("Waits for signatures"),
    Standing.AGREED: gettext_noop("Signed by all"),
}


@dataclass(frozen=True)
class Judged:
    """One example with what each party answered, by the organisation's key (prøvd eksempel)."""

    text: str
    answers: Mapping[str, Answer]

    def disagrees(self, parties: Iterable[str]) -> bool:
        """Whether parties answer differently. One that can't tell doesn't agree with one that can."""
        return len({self.answers[one] for one in parties if one in self.answers}) > 1

    def missing(self, parties: Iterable[str]) -> tuple[str, ...]:
        """The parties that haven't answered."""
        return tuple(one for one in parties if one not in self.answers)


def content(initiative: str, name: str, text: str, outcomes: Mapping[str, str]) -> dict[str, object]:
    """What is signed, whole: whose word, the word, its definition, and which examples it has inside and outside."""
    judged = [{"example": example, "answer": answer} for example, answer in outcomes.items()]
    return {"initiative": initiative, "concept": name, "definition": text, "examples": judged}


def digest(signed: Mapping[str, object]) -> str:
    """Of exactly that content: one sign more or less gives another."""
    text = json.dumps(signed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def standing(has_text: bool, parties: Iterable[str], signed: Iterable[str]) -> Standing:
    """How far a word has come: agreed when every party there is now has signed the text that stands now."""
    if not has_text:
        return Standing.OPEN
    wanted = set(parties)
    return Standing.AGREED if wanted and wanted <= set(signed) else Standing.PROPOSED


def refuse_sign(
    shown: str, standing_digest: str | None, party: tuple[str, str], parties: Iterable[str], signs_for: Iterable[str]
) -> Refusal | None:
    """Why someone can't sign for an organisation (its key and name) the text whose digest they were shown."""
    key, name = party
    if key not in set(parties):
        return Refusal(Why.NOT_A_PARTY, {"name": name})
    if key not in set(signs_for):
        return Refusal(Why.NOT_YOURS, {"name": name})
    if standing_digest is None:
        return Refusal(Why.NOTHING_TO_SIGN)
    return Refusal(Why.STALE) if shown != standing_digest else None


def lines(text: str) -> tuple[str, ...]:
    """Each line that says something, once."""
    return tuple(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))


def spellings(name: str, also: str) -> frozenset[str]:
    """Everything a word is written as, folded."""
    return frozenset(one.casefold() for one in (" ".join(name.split()), *lines(also)) if one)
