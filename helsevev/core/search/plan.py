"""What a query asks for (spørreplan): for each of its words the ways in which a text may answer it.

The plan is also the explanation: what else was searched for, and what a misspelt word was taken to mean.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from helsevev.core.search.analysis import Analyser
from helsevev.core.search.groups import Groups, Member
from helsevev.core.search.letters import spellings, words
from helsevev.core.search.lexicon import Bond
from helsevev.core.search.vocabulary import ALIKE, Vocabulary

MOST_WORDS = 40
SHORTEST_BEGINNING = 3
# A listed word is taken for what a misspelt one means when it is so much alike, and more than any in the texts.
SURE = 0.55


class How(StrEnum):
    """In which way a text answers a word."""

    ITSELF = "itself"
    SAME = "same"
    INSIDE = "inside"
    RELATED = "related"
    PART = "part"
    BEGINNING = "beginning"
    NEAR = "near"


WEIGHTS = {
    How.ITSELF: 1.0,
    How.SAME: 0.8,
    How.INSIDE: 0.74,
    How.RELATED: 0.4,
    How.PART: 0.5,
    How.BEGINNING: 0.6,
    How.NEAR: 0.6,
}
ANY_PART = 0.35
Together = tuple[tuple[int, ...], ...]


@dataclass
class Asked:
    """One word of the query and the ways to answer it: terms by how and weight; phrases; parts of a compound."""

    written: str
    singles: dict[tuple[How, float], dict[int, None]] = field(default_factory=dict)
    phrases: dict[tuple[How, Together], float] = field(default_factory=dict)
    parts: list["Asked"] = field(default_factory=list)
    also: dict[str, None] = field(default_factory=dict)
    meant: int | None = None

    def add(self, how: How, terms: Sequence[int], weight: float) -> None:
        """Let these terms answer too, unless they do already, and better."""
        for key in self.singles:
            if key[1] >= weight:
                terms = [term for term in terms if term not in self.singles[key]]
        if terms:
            self.singles.setdefault((how, round(weight, 3)), {}).update(dict.fromkeys(terms))

    @property
    def is_answered(self) -> bool:
        """Whether any text has the word in some way."""
        return bool(self.singles or self.phrases)

    @property
    def has_all_parts(self) -> bool:
        """Whether it is a compound of which every part is answered."""
        return bool(self.parts) and all(part.is_answered for part in self.parts)

    def matching(self) -> Iterator[tuple[How, int]]:
        """Every term that answers, with how."""
        for (how, _weight), terms in self.singles.items():
            yield from ((how, term) for term in terms)
        for how, together in self.phrases:
            yield from ((how, term) for terms in together for term in terms)
        for part in self.parts:
            yield from ((How.PART, term) for _how, term in part.matching())


@dataclass(frozen=True)
class Plan:
    """The words asked for; none when a query says nothing that could be found."""

    asked: tuple[Asked, ...]


class Planner:
    """Makes plans for one vocabulary."""

    def __init__(self, analyser: Analyser, groups: Groups, vocabulary: Vocabulary) -> None:
        """What is read with what, and what there is to be found."""
        self._analyser = analyser
        self._groups = groups
        self._vocabulary = vocabulary

    def plan(self, query: str) -> Plan:
        """The plan of a query."""
        written = self._words(query)
        variants = [self._forms(word) for word in written]
        asked = [self._word(word, forms) for word, forms in zip(written, variants, strict=True)]
        self._join(written, asked)
        self._relate(variants, asked)
        for one, forms in zip(asked, variants, strict=True):
            self._look_inside(one, forms)
            if not one.is_answered:
                self._begin(one)
            if not one.is_answered:
                self._spell(one, forms, least=SURE if one.has_all_parts else ALIKE)
        return Plan(tuple(asked))

    def _words(self, query: str) -> list[str]:
        stop = self._analyser.lexicon.stop
        every = [word for written in words(query) for word in _apart(spellings(written))]
        kept = [word for word in every if word not in stop] or every
        return list(dict.fromkeys(kept))[:MOST_WORDS]

    def _known(self, terms: Sequence[str]) -> list[int]:
        numbers = self._vocabulary.numbers
        return [numbers[term] for term in dict.fromkeys(terms) if term in numbers]

    def _forms(self, word: str) -> tuple[str, ...]:
        """The terms that a word may be: as written, or where that is nowhere known, as typed without æ, ø and å."""
        forms = self._analyser.variants(word)
        for known in (self._vocabulary, self._groups.vocabulary):
            if any(form in known.numbers for form in forms):
                return forms
            if alike := known.typed_alike(forms[0]):
                return (*(known.terms[one] for one in alike), *forms)
        return forms

    def _word(self, word: str, forms: Sequence[str]) -> Asked:
        """The word as written."""
        asked = Asked(word)
        asked.add(How.ITSELF, self._known(forms), WEIGHTS[How.ITSELF])
        return asked

    def _join(self, written: Sequence[str], asked: Sequence[Asked]) -> None:
        """Neighbours that texts write as one word."""
        for at in range(len(written) - 1):
            joined = {self._analyser.term(written[at] + link + written[at + 1]) for link in ("", "s", "e")} | {
                self._analyser.term(self._analyser.term(written[at]) + written[at + 1])
            }
            found = self._known(sorted(joined))
            for one in asked[at : at + 2]:
                one.add(How.ITSELF, found, WEIGHTS[How.ITSELF])

    def _relate(self, variants: Sequence[Sequence[str]], asked: Sequence[Asked]) -> None:
        """What the groups say of words and phrases of the query."""
        for where, member in self._groups.standing(variants):
            for bond, other in self._groups.others(member):
                how = How.RELATED if bond is Bond.RELATED else How.SAME
                for at in where:
                    self._answer_by(asked[at], how, other, WEIGHTS[how])
            for other in self._groups.beyond(member):
                for at in where:
                    self._answer_by(asked[at], How.SAME, other, WEIGHTS[How.SAME] ** 2)

    def _answer_by(self, asked: Asked, how: How, other: Member, weight: float) -> None:
        found: list[tuple[int, ...]] = []
        for term in other.phrase:
            terms = tuple(self._known([term]))
            wide = (*terms, *self._inside(term)) if how is How.SAME or len(other.phrase) == 1 else terms
            if not wide:
                return
            found.append(wide)
            if len(other.phrase) == 1:
                asked.add(how, terms, weight)
                asked.add(how, wide[len(terms) :], weight * WEIGHTS[How.INSIDE])
        if len(found) > 1:
            asked.phrases[how, tuple(found)] = weight
        asked.also[other.written] = None

    def _inside(self, term: str) -> list[int]:
        return self._vocabulary.containing(term)

    def _look_inside(self, asked: Asked, forms: Sequence[str]) -> None:
        """Compounds that hold the word, and the parts of the word when it is a compound."""
        asked.add(How.INSIDE, [one for form in forms[:1] for one in self._inside(form)], WEIGHTS[How.INSIDE])
        if forms[0] in self._analyser.whole:
            return
        for part in self._vocabulary.parts(forms[0]):
            piece = Asked(part)
            piece.add(How.ITSELF, self._known([part]), WEIGHTS[How.ITSELF])
            self._relate([(part,)], [piece])
            piece.add(How.INSIDE, self._inside(part), WEIGHTS[How.INSIDE])
            asked.parts.append(piece)

    def _begin(self, asked: Asked) -> None:
        """The words that begin as a word that nobody has written does: it may be half typed."""
        if len(asked.written) >= SHORTEST_BEGINNING:
            found = self._vocabulary.beginning(asked.written)
            asked.add(How.BEGINNING, found, WEIGHTS[How.BEGINNING])

    def _spell(self, asked: Asked, forms: Sequence[str], least: float) -> None:
        """The words that a word nobody has written may have been meant as."""
        near = self._vocabulary.nearest(forms[0], least=least)
        listed = self._groups.vocabulary.nearest(forms[0], most=1, least=SURE)
        if listed and listed[0][1] > (near[0][1] if near else 0):
            meant = self._groups.vocabulary.terms[listed[0][0]]
            self._relate([(meant,)], [asked])
            asked.add(How.INSIDE, self._inside(meant), WEIGHTS[How.INSIDE])
            if asked.is_answered:
                return
        if not near:
            return
        asked.meant = near[0][0]
        for number, alike in near:
            asked.add(How.NEAR, [number], WEIGHTS[How.NEAR] * min(1.0, alike / SURE))


def _apart(parts: Sequence[str]) -> Sequence[str]:
    """The parts of a hyphenated word; the joined form is tried when neighbours are joined."""
    return parts[:-1] if len(parts) > 1 else parts
