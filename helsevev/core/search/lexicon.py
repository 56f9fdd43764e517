"""What is known of the language before any text is read (ordlister): the files of `lists`, and what editors add.

Lists are text files of our own writing, one entry a line; `#` begins a remark.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from helsevev.core.search.letters import small, words

LISTS = Path(__file__).parent / "lists"
# Nynorsk words this long are also replaced inside compounds.
ROOT = 5


class Bond(StrEnum):
    """How the members of a group belong together."""

    SAME = "same"
    RELATED = "related"
    NAME = "name"
    TRANSLATED = "translated"


SIGNS = {"=": Bond.SAME, "~": Bond.RELATED, "@": Bond.NAME, "%": Bond.TRANSLATED}


@dataclass(frozen=True)
class Group:
    """Words and phrases that answer for one another (ordgruppe), in any language."""

    bond: Bond
    members: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """The word lists: small words, nynorsk and bokmål, stems of compounds, abbreviations, groups."""

    stop: frozenset[str]
    marks: Mapping[str, str]
    roots: Mapping[str, str]
    pairs: tuple[tuple[str, str], ...]
    stems: frozenset[str]
    whole: frozenset[str]
    kept: frozenset[str]
    groups: tuple[Group, ...] = field(default=())


def lines(name: str) -> Iterator[str]:
    """The entries of one list."""
    for line in (LISTS / name).read_text(encoding="utf-8").splitlines():
        entry = line.partition("#")[0].strip()
        if entry:
            yield entry


def phrase(text: str) -> tuple[str, ...]:
    """The words of a phrase, small."""
    return tuple(small(word) for word in words(text))


def group(entry: str) -> Group:
    """A group as it stands in a list: a sign, then members with bars between them."""
    sign, _, rest = entry.partition(" ")
    members = tuple(dict.fromkeys(member.strip() for member in rest.split("|") if member.strip()))
    return Group(SIGNS[sign], members)


def _nynorsk() -> Iterator[tuple[str, str]]:
    for entry in lines("nynorsk.txt"):
        nb, _, rest = entry.partition(":")
        for nn in rest.split():
            yield nn, nb.strip()


def _small_words() -> tuple[frozenset[str], dict[str, str]]:
    stop: set[str] = set()
    marks: dict[str, str] = {}
    for entry in lines("stop.txt"):
        language, _, rest = entry.partition(":")
        found = rest.split()
        stop.update(found)
        for word in found:
            # A word of both languages tells nothing.
            marks[word] = "" if word in marks and marks[word] != language else language
    return frozenset(stop), {word: language for word, language in marks.items() if language}


@lru_cache(maxsize=1)
def standard() -> Lexicon:
    """The lists that come with the product."""
    stop, marks = _small_words()
    pairs = tuple(_nynorsk())
    return Lexicon(
        stop=stop,
        marks=marks,
        roots={nn.removeprefix("+"): nb for nn, nb in pairs if len(nn) >= ROOT or nn.startswith("+")},
        pairs=tuple((nn, nb) for nn, nb in pairs if len(nn) < ROOT and not nn.startswith("+")),
        stems=frozenset(word for entry in lines("stems.txt") for word in entry.split()),
        whole=frozenset(word for entry in lines("whole.txt") for word in entry.split()),
        kept=frozenset(word for entry in lines("abbreviations.txt") for word in entry.split()),
        groups=tuple(group(entry) for name in ("groups.txt", "english.txt", "names.txt") for entry in lines(name)),
    )
