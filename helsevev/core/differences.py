"""What differs between two texts (forskjell), word by word, so that a reader sees the change and not two wholes."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

PIECE = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
# How many pairs of equal words are weighed at most. Text that repeats itself more than prose does, or is longer than
# anything here, would take longer than anyone wants to wait; the whole is then replaced.
MOST_PAIRS = 100_000
# Two lines with less than this in common are two lines, not one that was changed.
ALIKE = 0.5


class Sort(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    """A stretch of text (bit), and whether it is the same in both, gone, or new."""

    sort: Sort
    text: str


@dataclass(frozen=True)
class Line:
    """A line of the comparison (linje): whole lines that are gone or new, and changed ones with their pieces."""

    sort: Sort
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The line without what is gone; a line that is gone as it was."""
        return "".join(piece.text for piece in self.pieces if self.sort is Sort.GONE or piece.sort is not Sort.GONE)


def words(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in reading order; a change of words shows what went before what came."""
    old, new = PIECE.findall(before), PIECE.findall(after)
    if _pairs(old, new) > MOST_PAIRS:
        return _joined([(Sort.GONE, before), (Sort.NEW, after)]) if before != after else [Piece(Sort.SAME, before)]
    steps: list[tuple[Sort, str]] = []
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            steps.append((Sort.SAME, "".join(old[first:last])))
        else:
            steps += [(Sort.GONE, "".join(old[first:last])), (Sort.NEW, "".join(new[start:end]))]
    return _joined(steps)


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pairs of equal words there are: what the comparison costs."""
    counted = Counter(new)
    return sum(number * counted[word] for word, number in Counter(old).items())


def _joined(steps: Iterable[tuple[Sort, str]]) -> list[Piece]:
    """Neighbours of one sort as one piece; between two stretches that are the same, what is gone stands first."""
    found: list[Piece] = []
    gone = new = ""
    for sort, text in (*steps, (Sort.SAME, "")):
        if sort is Sort.GONE:
            gone += text
        elif sort is Sort.NEW:
            new += text
        else:
            found += [piece for piece in (Piece(Sort.GONE, gone), Piece(Sort.NEW, new)) if piece.text]
            gone = new = ""
            if text and found and found[-1].sort is Sort.SAME:
                found[-1] = Piece(Sort.SAME, found[-1].text + text)
            elif text:
                found.append(Piece(Sort.SAME, text))
    return found


def lines(before: Sequence[str], after: Sequence[str]) -> list[Line]:
    """Two lists of lines compared: each line is the same, gone, new, or changed with its words compared."""
    found: list[Line] = []
    if _pairs(before, after) > MOST_PAIRS:
        return [*(_whole(Sort.GONE, text) for text in before), *(_whole(Sort.NEW, text) for text in after)]
    for tag, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [_whole(Sort.SAME, text) for text in before[first:last]]
        else:
            found += _changed(before[first:last], after[start:end])
    return found


def _changed(gone: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Lines that went and lines that came in one place; the first pairs that are alike are one changed line each."""
    paired = list(zip(gone, new, strict=False))
    for old, fresh in paired:
        if _alike(old, fresh):
            yield Line(Sort.SAME, tuple(words(old, fresh)))
        else:
            yield _whole(Sort.GONE, old)
            yield _whole(Sort.NEW, fresh)
    yield from (_whole(Sort.GONE, text) for text in gone[len(paired) :])
    yield from (_whole(Sort.NEW, text) for text in new[len(paired) :])


def _alike(one: str, other: str) -> bool:
    """Whether one line is the other, changed."""
    old, new = PIECE.findall(one), PIECE.findall(other)
    return _pairs(old, new) <= MOST_PAIRS and SequenceMatcher(None, old, new, autojunk=False).ratio() >= ALIKE


def _whole(sort: Sort, text: str) -> Line:
    return Line(sort, (Piece(sort, text),))
