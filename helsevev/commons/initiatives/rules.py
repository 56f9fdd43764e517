"""What the thread through the house is made of: taxonomy (begreper), parties (parter), moves and kinship. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from helsevev.commons.people.rules import Permission, Table
from helsevev.core import faults
from helsevev.core.roadmap import ORDER, Move, Phase
from helsevev.core.words import gettext_noop

PERMISSIONS: Table = {
    "see_initiative": Permission(everyone=True),
    "follow": Permission(known=True),
}

# Vocabularies whose terms an initiative carries; the others name the values of single fields.
CARRIED: tuple[str, ...] = ("health_region", "patient_group", "theme")
GENERIC = "generic:"
LANGUAGES: tuple[str, ...] = ("nb", "nn", "en")


class Why(StrEnum):
    """Why a change of an initiative is refused."""

    CIRCLE = gettext_noop("This would make an initiative its own ancestor: %(circle)s")
    NO_SUCH_TERM = gettext_noop("The taxonomy has no '%(code)s' among its words for %(vocabulary)s")
    NO_SUCH_INITIATIVE = gettext_noop("There is no initiative '%(key)s'")
    NO_SUCH_ORGANISATION = gettext_noop("There is no organisation '%(key)s'")


@dataclass(frozen=True)
class Word:
    """A word of the taxonomy (begrep) with its labels and other spellings."""

    vocabulary: str
    code: str
    nb: str
    nn: str
    en: str
    also: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """What a reader of `language` sees."""
        labels = {"nb": self.nb, "nn": self.nn, "en": self.en}
        return labels.get(language) or self.nb

    @property
    def spellings(self) -> tuple[str, ...]:
        """Everything it may be called."""
        return (self.code, self.nb, self.nn, self.en, *self.also)


@dataclass(frozen=True)
class Taxonomy:
    """All words, in their vocabularies and in their order (taksonomi)."""

    words: Sequence[Word]

    @cached_property
    def _by_vocabulary(self) -> Mapping[str, Mapping[str, Word]]:
        found: defaultdict[str, dict[str, Word]] = defaultdict(dict)
        for word in self.words:
            found[word.vocabulary][word.code] = word
        return dict(found)

    @cached_property
    def _spelled(self) -> Mapping[str, Mapping[str, str]]:
        """Codes by folded spelling. A code outranks labels, and a label outranks other words' spellings."""
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for rank in (lambda w: (w.code,), lambda w: (w.nb, w.nn, w.en), lambda w: w.also):
            for word in self.words:
                for spelling in rank(word):
                    found[word.vocabulary].setdefault(_folded(spelling), word.code)
        return dict(found)

    def terms(self, vocabulary: str) -> list[Word]:
        """The words of one vocabulary, in their order."""
        return list(self._by_vocabulary.get(vocabulary, {}).values())

    def find(self, vocabulary: str, text: str) -> str | None:
        """The code that `text` means, whether it is a code, a label in any language or another spelling."""
        return self._spelled.get(vocabulary, {}).get(_folded(text))

    def word(self, vocabulary: str, code: str) -> Word | None:
        """The word with this code."""
        return self._by_vocabulary.get(vocabulary, {}).get(code)

    def label(self, vocabulary: str, code: str, language: str = "nb") -> str:
        """The word's label; the code itself where the taxonomy has dropped it."""
        word = self.word(vocabulary, code)
        return word.label(language) if word else code

    def in_order(self, vocabulary: str, codes: Collection[str]) -> list[str]:
        """The codes, each once, in the taxonomy's order; unknown ones last."""
        order = {code: number for number, code in enumerate(self._by_vocabulary.get(vocabulary, {}))}
        return sorted(set(codes), key=lambda code: (order.get(code, len(order)), code))

    def nearest(self, vocabulary: str, text: str) -> list[str]:
        """Words that look most like `text`, as bokmål labels or codes."""
        words = self.terms(vocabulary)
        known = {spelling: word for word in words for spelling in word.spellings if spelling}
        found = (known[spelling] for spelling in faults.nearest(text, known, 6))
        return list(dict.fromkeys(word.nb if word.vocabulary == "theme" else word.code for word in found))[:3]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


@dataclass(frozen=True)
class TaxonomyRow:
    """One row of data/taxonomy.csv, as it is kept."""

    word: Word
    position: int


def taxonomy_rows(rows: Iterable[Mapping[str, str]]) -> list[TaxonomyRow]:
    """The reviewed table's rows; a word's place within its vocabulary is its place in the table."""
    counted: defaultdict[str, int] = defaultdict(int)
    found = []
    for row in rows:
        also = tuple(spelling.strip() for spelling in row["also"].split("|") if spelling.strip())
        word = Word(row["vocabulary"], row["code"], row["nb"], row["nn"], row["en"], also)
        found.append(TaxonomyRow(word, counted[word.vocabulary]))
        counted[word.vocabulary] += 1
    return found


@dataclass(frozen=True)
class PartyValue:
    """An organisation's part, or a generic party's (part): who, and how the source writes the name."""

    stated_name: str
    organisation: str = ""
    generic: str = ""

    @property
    def who(self) -> str:
        """The organisation's key, or the kind of a generic party with a mark before it."""
        return self.organisation or f"{GENERIC}{self.generic}"


def party(stated_name: str, who: str) -> PartyValue:
    """The reverse of `PartyValue.who`."""
    if who.startswith(GENERIC):
        return PartyValue(stated_name, generic=who.removeprefix(GENERIC))
    return PartyValue(stated_name, organisation=who)


@dataclass(frozen=True)
class StatedMove:
    """A phase move with its source and note (faseflytt), as it is stated."""

    phase: str
    on: str
    until: str = ""
    planned: bool = False
    as_of: bool = False
    source: str = ""
    note: str = ""

    @property
    def move(self) -> Move:
        """What the Roadmap's rules understand."""
        return Move(Phase(self.phase), self.on, self.until, self.planned, self.as_of)

    @property
    def order(self) -> tuple[object, ...]:
        """Sorts moves as they happened, and those of one day along the Roadmap."""
        return (self.move.starts, ORDER[Phase(self.phase)], self.on, self.until, self.planned, self.source, self.note)
