"""Which words answer for one another, as the analyser reads them (ordgrupper)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from helsevev.core.search.analysis import ENGLISH, NORWEGIAN, Analyser
from helsevev.core.search.letters import spellings, words
from helsevev.core.search.lexicon import Bond, Group
from helsevev.core.search.vocabulary import Vocabulary

Phrase = tuple[str, ...]
# Which groups may be gone on to from which.
STEPS = {Bond.SAME: (Bond.TRANSLATED,), Bond.TRANSLATED: (Bond.SAME,)}


@dataclass(frozen=True)
class Member:
    """One member of a group: its terms in Norwegian, or in English."""

    phrase: Phrase
    written: str
    group: int


class Groups:
    """All groups of a lexicon."""

    def __init__(self, analyser: Analyser, added: Sequence[Group] = ()) -> None:
        """The lexicon's, and those added. Every member is read as Norwegian and as English: lists don't say which."""
        self._analyser = analyser
        self.all: tuple[Group, ...] = (*analyser.lexicon.groups, *added)
        self.members: list[list[Member]] = []
        self._beginning: defaultdict[str, list[Member]] = defaultdict(list)
        for number, group in enumerate(self.all):
            found = [Member(one, text, number) for text in group.members for one in self.phrases(text)]
            self.members.append(found)
            for member in found:
                self._beginning[member.phrase[0]].append(member)

    def phrases(self, text: str) -> list[Phrase]:
        """The terms of a phrase, small words left out unless it has no others; in each language it may be."""
        written = [word for one in words(text) for word in spellings(one)[:1] or ()]
        if any("-" in one for one in words(text)):
            written = [word for one in words(text) for word in _apart(one)]
        stop = self._analyser.lexicon.stop
        kept = [word for word in written if word not in stop] or written
        read = (tuple(self._analyser.term(word, language) for word in kept) for language in (NORWEGIAN, ENGLISH))
        return list(dict.fromkeys(one for one in read if one))

    def standing(self, variants: Sequence[Sequence[str]]) -> Iterator[tuple[range, Member]]:
        """The members that stand in a row of words, each word given as the terms it may be; with where they stand."""
        for begin, first in enumerate(variants):
            for term in first:
                for member in self._beginning.get(term, ()):
                    end = begin + len(member.phrase)
                    rest = zip(member.phrase[1:], variants[begin + 1 : end], strict=False)
                    if end <= len(variants) and all(one in among for one, among in rest):
                        yield range(begin, end), member

    def others(self, member: Member) -> Iterator[tuple[Bond, Member]]:
        """The rest of a member's group."""
        bond = self.all[member.group].bond
        for other in self.members[member.group]:
            if other.written != member.written:
                yield bond, other

    def beyond(self, member: Member) -> Iterator[Member]:
        """What is the same as a member of its group, where one of the two steps is a translation."""
        bond = self.all[member.group].bond
        if bond not in STEPS:
            return
        mine = {one.written for one in self.members[member.group]}
        seen: set[Phrase] = set()
        for _bond, other in self.others(member):
            for same in self._beginning.get(other.phrase[0], ()):
                if same.phrase == other.phrase and self.all[same.group].bond in STEPS[bond]:
                    for _further, last in self.others(same):
                        if last.written not in mine and last.phrase not in seen:
                            seen.add(last.phrase)
                            yield last

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of all groups and the stems of compounds, to tell by what one typed or spelt otherwise means."""
        told = {term for found in self.members for member in found for term in member.phrase}
        return Vocabulary(sorted(told | self._analyser.stems))


def _apart(word: str) -> tuple[str, ...]:
    """The parts of a hyphenated word, without all of it joined."""
    parts = spellings(word)
    return parts[:-1] if len(parts) > 1 else parts
