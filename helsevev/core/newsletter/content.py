"""What a letter holds (innhold): blocks in an order, told in a language to whoever chose their kinds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from helsevev.core.words import Refusal, gettext_noop


class Kind(StrEnum):
    """What a block is about. The letter's own words go to everyone."""

    OWN = "own"
    PAGE = "page"
    PROJECT = "project"
    MEETING = "meeting"
    CALL = "call"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.OWN: gettext_noop("Our own words"),
    Kind.PAGE: gettext_noop("Knowledge bank"),
    Kind.PROJECT: gettext_noop("Projects"),
    Kind.MEETING: gettext_noop("Meetings"),
    Kind.CALL: gettext_noop("Calls"),
}
# What a subscriber can choose among.
CHOSEN = tuple(kind for kind in Kind if kind is not Kind.OWN)
# A letter is written in both; whoever reads neither gets the first.
LANGUAGES = ("nb", "nn")


class Why(StrEnum):
    """Why a letter can't be sent."""

    NO_SUBJECT = gettext_noop("The letter needs a subject in bokmål.")
    EMPTY = gettext_noop("The letter has nothing in it yet.")
    UNTITLED = gettext_noop("Block %(number)s needs a title or a text in bokmål.")


@dataclass(frozen=True)
class Block:
    """One stretch of a letter (felt), in each language; `address` is where its title leads, if anywhere."""

    kind: Kind
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    address: str = ""


@dataclass(frozen=True)
class Told:
    """A block in one language. `link`: the place of its address among the letter's links, from 1; 0 without one."""

    kind: Kind
    title: str
    paragraphs: tuple[str, ...]
    link: int
    address: str


def in_tongue(texts: Mapping[str, str], language: str) -> str:
    """The text in a language of letters; bokmål where it isn't written."""
    return texts.get(language, "").strip() or texts.get(LANGUAGES[0], "").strip()


def paragraphs(text: str) -> tuple[str, ...]:
    """What empty lines part."""
    return tuple(part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip())


def links(blocks: Iterable[Block]) -> list[str]:
    """Every address of a letter once, in the order in which they come."""
    return list(dict.fromkeys(one.address for one in blocks if one.address))


def told(blocks: Sequence[Block], language: str, kinds: Collection[str]) -> list[Told]:
    """What somebody reads who chose these kinds. A link has the same number in everybody's letter."""
    at = {address: number for number, address in enumerate(links(blocks), start=1)}
    return [
        Told(
            one.kind,
            in_tongue(one.titles, language),
            paragraphs(in_tongue(one.texts, language)),
            at.get(one.address, 0),
            one.address,
        )
        for one in blocks
        if one.kind is Kind.OWN or one.kind in kinds
    ]


def refuse_send(subjects: Mapping[str, str], blocks: Sequence[Block]) -> list[Refusal]:
    """Why a letter can't be sent."""
    found = [] if subjects.get(LANGUAGES[0], "").strip() else [Refusal(Why.NO_SUBJECT)]
    if not blocks:
        found.append(Refusal(Why.EMPTY))
    for number, one in enumerate(blocks, start=1):
        if not one.titles.get(LANGUAGES[0], "").strip() and not one.texts.get(LANGUAGES[0], "").strip():
            found.append(Refusal(Why.UNTITLED, {"number": number}))
    return found


def untranslated(subjects: Mapping[str, str], blocks: Sequence[Block]) -> int:
    """How many texts stand in bokmål alone."""
    every = [subjects, *(texts for one in blocks for texts in (one.titles, one.texts))]
    return sum(bool(texts.get("nb", "").strip()) and not texts.get("nn", "").strip() for texts in every)


def moved(rows: Sequence[int], at: int, by: int) -> list[int]:
    """The rows with one of them moved up or down; at the ends it stays."""
    found, to = list(rows), at + by
    if 0 <= at < len(found) and 0 <= to < len(found):
        found.insert(to, found.pop(at))
    return found
