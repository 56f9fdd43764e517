"""Which letters the papers' fonts can show, and what stands for those that they can't.

A tagged PDF may not hold a letter that no font draws, so every text goes through `shown` first. What people write in
Norway (also Sámi, Kven, Polish, Greek, Ukrainian) is shown as it is; a picture letter is called by its name, and
letters of other scripts become squares, with a note at the end of the paper.
"""

import re
import struct
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
FILES = ("Inter-Regular.ttf", "Inter-SemiBold.ttf")
SQUARE = "\N{WHITE SQUARE}"
BREAK = "\N{ZERO WIDTH SPACE}"
# Longer words than these get places where a line may end: in running text, and in the cells of a table.
LONG, LONG_IN_CELL, STEP = 64, 24, 12
SPACES = re.compile(r"(\s+)")
# Turn, join or colour what stands beside them, and draw nothing themselves.
DROPPED_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn"}
DROPPED_RANGES = (range(0xFE00, 0xFE10), range(0x1F3FB, 0x1F400), range(0xE0000, 0xE0200))
INVISIBLE = "\N{SOFT HYPHEN}" + BREAK
KEPT = {"\n", *INVISIBLE}


def shown(text: str, *, long: int = LONG) -> str:
    """The text as it can be printed; line breaks stay."""
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    drawn_as = {letter: _drawn(letter) for letter in set(normal)}
    drawn = "".join(drawn_as[letter] for letter in normal)
    return "".join(_breakable(word, long) for word in SPACES.split(drawn))


def on_one_line(text: str) -> str:
    """A title or a label: on one line, and empty where nothing of it would be seen."""
    line = " ".join(shown(text).split())
    return line if line.strip(INVISIBLE + " ") else ""


def paragraphs(text: str) -> list[list[str]]:
    """Paragraphs of lines: an empty line parts paragraphs."""
    parts: list[list[str]] = [[]]
    for line in shown(text).split("\n"):
        if line.strip():
            parts[-1].append(line.strip())
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if part]


def has_squares(data: object) -> bool:
    """Whether anything in the data of a paper became a square."""
    if isinstance(data, str):
        return SQUARE in data
    if isinstance(data, Mapping):
        return any(has_squares(part) for part in data.values())
    return isinstance(data, Sequence) and any(has_squares(part) for part in data)


def _drawn(letter: str) -> str:
    """What stands for one letter."""
    if letter in KEPT:
        return letter
    if unicodedata.category(letter) in DROPPED_CATEGORIES or any(ord(letter) in some for some in DROPPED_RANGES):
        return ""
    if ord(letter) in covered():
        return letter
    plain = unicodedata.normalize("NFKC", letter)
    if all(ord(part) in covered() for part in plain):
        return plain
    if unicodedata.category(letter) in {"So", "Sk", "Sm"} and (name := unicodedata.name(letter, "")):
        return f"[{name.lower()}]"
    return "" if unicodedata.combining(letter) else SQUARE


def _breakable(word: str, long: int) -> str:
    """The word, with places for a line's end where it is too long for one."""
    if len(word) <= long or word.isspace():
        return word
    return BREAK.join(word[start : start + STEP] for start in range(0, len(word), STEP))


@cache
def covered() -> frozenset[int]:
    """What every font of the papers draws."""
    first, *others = (frozenset(_drawn_by((FONTS / name).read_bytes())) for name in FILES)
    return first.intersection(*others)


def _drawn_by(font: bytes) -> Iterator[int]:
    """The letters in a font's own table: start and end of each run, as OpenType's format 4 has them."""
    (count,) = struct.unpack_from(">H", font, 4)
    entries = (struct.unpack_from(">4s4xII", font, 12 + 16 * number) for number in range(count))
    table = next(place for name, place, _ in entries if name == b"cmap")
    (where,) = struct.unpack_from(">I", font, table + 8)
    start = table + where
    (form,) = struct.unpack_from(">H", font, start)
    if form != 4:
        raise ValueError(f"the fonts of the papers have letter tables of format 4, not {form}")
    runs = struct.unpack_from(">H", font, start + 6)[0] // 2
    ends = struct.unpack_from(f">{runs}H", font, start + 14)
    starts = struct.unpack_from(f">{runs}H", font, start + 16 + 2 * runs)
    for first, last in zip(starts, ends, strict=True):
        yield from range(first, min(last, 0xFFFE) + 1)
