"""How words are read (analyse): nynorsk brought to bokmål, and inflection taken off, so that one word is one term.

Documents and queries are read alike, so a rule may change a word beyond recognition as long as it doesn't make two
different words one. Compounds stay whole here; `vocabulary` finds words inside them.
"""

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache

from helsevev.core.search.letters import small, spellings, words
from helsevev.core.search.lexicon import Lexicon, standard

# Sounds that are written differently in nynorsk and bokmål, in the order in which they are brought together.
SOUNDS = tuple(
    (re.compile(pattern), put)
    for pattern, put in [
        ("^kv", "hv"),
        ("([lnrgkaeiouyæøå])([gk])j(?!enn|eld|est)(?=[aeio])", r"\1\2"),
        ("øy(?=[bdfgklmnprstv])", "ø"),
        ("ei(?=[bdfgklmnprstv])", "e"),
        ("au(?=[bdfgklmnprstv])", "ø"),
        ("(?<=[aeiouyæøå])mn", "vn"),
        ("jar(?=[tnk])", "jer"),
        ("leg(?=(?:e|are|ast|aste|gjer.*|het.*|t)?$)", "lig"),
        ("(?<=..)somd", "somhet"),
        ("(?<=...)erne(?=s?$)", "ere"),
        ("are$", "ere"),
        ("(?<=[a-zæøå]{3})aste?$", "est"),
        ("(?<=ig)e?ste?$", ""),
    ]
)
# The doctor's own ending, which would else be read as an adjective's (mogleg, mulig).
DOCTOR = re.compile(
    "^(.*(?:fast|over|hus|tann|allmenn|spesialist|bedrifts|kommune|vakt|turnus|avdelings|barne|hud|øye|behandlings|"
    "privat|prim[æa]r|under|sykehjems?|sjukeheims?|tilsyns))?leg(?:e|en|er|ene|ar|ane|es|ens|enes|ers)?$"
)
# Health at a word's end isn't the ending that makes a noun of a verb (innleggelse).
HEALTH = re.compile("^(.*)hels(?:e|a|en|as|ens)$")
MADE_OF_VERB = re.compile("^(.{4,}?)n?ing(?:s|en|a)?$")
TAKEN_OFF_AGAIN = re.compile("^.{3,}(?:[ea]r|en|et|e)$")
ENDING = re.compile("(?:e|er|en|ene|ere|et|a|ar|ane|ens|enes|t|s)$")
SHORTEST, LONGEST_ENDING = 3, 4
NORWEGIAN, ENGLISH = "no", "en"


class Analyser:
    """Reads words with one lexicon; remembers what it has read."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        """The standard lexicon unless another is given."""
        from snowballstemmer import stemmer  # noqa: PLC0415 - all its languages, which few commands need

        self.lexicon = lexicon or standard()
        self._norwegian = stemmer("norwegian").stemWord
        self._english = stemmer("english").stemWord
        by_length = sorted(self.lexicon.roots, key=lambda root: (-len(root), root))
        self._roots = re.compile("|".join(_but_in(root, self.lexicon.roots[root]) for root in by_length) or "(?!)")
        self.term = lru_cache(maxsize=200_000)(self._term)
        self._irregular: dict[str, str] = {}
        self._irregular = {self._stem(self.bokmal(nn)): self._stem(self.bokmal(nb)) for nn, nb in self.lexicon.pairs}

    def bokmal(self, word: str) -> str:
        """A small word with its nynorsk roots and sounds brought to bokmål; its ending is left to the stemmer."""
        word = self._roots.sub(lambda found: self.lexicon.roots[found.group()], word)
        if len(word) <= SHORTEST or DOCTOR.match(word):
            return word
        for pattern, put in SOUNDS:
            word = pattern.sub(put, word)
        return word

    def _term(self, word: str, language: str = NORWEGIAN) -> str:
        """The term that a small word stands for in a text of that language."""
        if len(word) < SHORTEST or word in self.lexicon.kept or not word.isalpha():
            return word
        if language == ENGLISH:
            return str(self._english(word))
        stem = self._stem(self.bokmal(word))
        return self._irregular.get(stem, stem)

    def _stem(self, word: str) -> str:
        """A bokmål word without inflection, and without what makes a noun of a verb."""
        if doctor := DOCTOR.match(word):
            return f"{doctor.group(1) or ''}lege"
        if health := HEALTH.match(word):
            return f"{health.group(1)}hels"
        stem = str(self._norwegian(word))
        if len(stem) <= SHORTEST and len(word) > LONGEST_ENDING:
            # So much was taken off that another word is left: tidlig is not tid.
            stem = ENDING.sub("", word)
        elif TAKEN_OFF_AGAIN.match(stem) and stem != word:
            again = str(self._norwegian(stem))
            stem = again if len(again) > SHORTEST else ENDING.sub("", stem)
        if verb := MADE_OF_VERB.match(stem):
            stem = verb.group(1)
        return stem

    def terms(self, text: str, language: str = NORWEGIAN) -> list[str]:
        """All terms of a text in order, small words left out."""
        stop = self.lexicon.stop
        return [self.term(word, language) for written in words(text) for word in spellings(written) if word not in stop]

    def variants(self, word: str) -> tuple[str, ...]:
        """The terms that a word of a query may stand for: as Norwegian, as English, and as an abbreviation."""
        return tuple(dict.fromkeys([self.term(word), self.term(word, ENGLISH), word]))

    def language(self, text: str) -> str:
        """Whether a text that doesn't say so is English or Norwegian, told by its small words."""
        marks = self.lexicon.marks
        told = [marks[one] for one in map(small, text.split()[:400]) if one in marks]
        return ENGLISH if told.count(ENGLISH) > len(told) / 2 else NORWEGIAN

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems that compounds are made of, as terms."""
        return frozenset(self.term(word) for word in (*self.lexicon.stems, *self.lexicon.whole))

    @cached_property
    def whole(self) -> frozenset[str]:
        """The terms that are not taken apart."""
        return frozenset(self.term(word) for word in self.lexicon.whole)

    def unique(self, written: Iterable[str]) -> list[str]:
        """The terms of many words, each once."""
        return list(dict.fromkeys(self.term(small(one)) for one in written))


def _but_in(root: str, bokmal: str) -> str:
    """A pattern for a nynorsk root that leaves it alone where it already is part of the bokmål word (utval, utvalg)."""
    before, stands, after = bokmal.partition(root)
    if not stands:
        return re.escape(root)
    return (
        (f"(?<!{re.escape(before)})" if before else "") + re.escape(root) + (f"(?!{re.escape(after)})" if after else "")
    )


@lru_cache(maxsize=1)
def analyser() -> Analyser:
    """The analyser with the standard lexicon."""
    return Analyser()
