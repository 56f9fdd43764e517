"""Patterns that answers are held against: only those that no answer can make slow.

A form comes from people; a pattern such as (a+)+ would let one answer stop the server for hours. What is let through
repeats at most three times without bound, never inside a repetition, varies otherwise in few ways, and looks at so few
characters that the work is bounded.
"""

import re
from dataclasses import dataclass

LONGEST_PATTERN = 500
LONGEST_ANSWER = 20_000
MOST_STEPS = 4_000_000
MOST_WAYS = 2_000
MOST_OPEN = 3
QUANTIFIER = re.compile(r"\{(\d+)(,?)(\d*)\}")


@dataclass(frozen=True)
class Safe:
    """A pattern that may be used, and how long an answer may be when it is."""

    pattern: re.Pattern[str]
    longest: int


@dataclass
class _Part:
    """A stretch of a pattern: how many repetitions without bound it has, and in how many ways it varies otherwise."""

    open_ended: int = 0
    ways: int = 1

    def add(self, other: "_Part") -> None:
        """What comes after it."""
        self.open_ended += other.open_ended
        self.ways *= other.ways


class _Risky(Exception):
    """The pattern might be slow, or looks elsewhere than where it stands."""


def safe(text: str) -> Safe | None:
    """The pattern, or None when it can't be read or might be slow."""
    if len(text) > LONGEST_PATTERN:
        return None
    try:
        compiled = re.compile(text)
        whole = _Reader(text).whole()
    except (re.error, OverflowError, RecursionError, _Risky):
        return None
    if whole.open_ended > MOST_OPEN or whole.ways > MOST_WAYS:
        return None
    if not whole.open_ended:
        return Safe(compiled, LONGEST_ANSWER)
    return Safe(compiled, min(LONGEST_ANSWER, int((MOST_STEPS / whole.ways) ** (1 / whole.open_ended))))


class _Reader:
    """Reads a pattern that compiles, and counts."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def whole(self) -> _Part:
        """Up to the end, or to the bracket that closes this part."""
        found = _Part()
        while self.at < len(self.text) and self.text[self.at] != ")":
            if self.text[self.at] == "|":
                self.at += 1
                found.ways *= 2
            else:
                found.add(self._repeated(self._one()))
        self.at += 1
        return found

    def _one(self) -> _Part:
        """One sign, class or bracket."""
        sign = self.text[self.at]
        self.at += 1
        if sign == "(":
            if self.text.startswith("?:", self.at):
                self.at += 2
            elif self.text.startswith("?", self.at):
                raise _Risky
            return self.whole()
        if sign == "\\":
            if self.text[self.at].isdigit():
                raise _Risky
            self.at += 1
        elif sign == "[":
            self._skip_class()
        return _Part()

    def _skip_class(self) -> None:
        self.at += self.text.startswith("^", self.at)
        self.at += self.text.startswith("]", self.at)
        while self.text[self.at] != "]":
            self.at += 2 if self.text[self.at] == "\\" else 1
        self.at += 1

    def _repeated(self, part: _Part) -> _Part:
        """The part with what repeats it, if anything does."""
        if (bounds := self._bounds()) is None:
            return part
        least, most = bounds
        if part.open_ended and most != 1:
            raise _Risky
        if most is None:
            if part.ways > 1:
                raise _Risky
            return _Part(1)
        if part.ways > 1 and most > 20:
            raise _Risky
        return _Part(part.open_ended, part.ways ** max(most, 1) * (most - least + 1))

    def _bounds(self) -> tuple[int, int | None] | None:
        simple: tuple[int, int | None] | None = None
        if self.at < len(self.text):
            simple = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(self.text[self.at])
        end = self.at + 1
        if simple is None:
            found = QUANTIFIER.match(self.text, self.at)
            if found is None:
                return None
            least = int(found.group(1))
            open_ended = bool(found.group(2)) and not found.group(3)
            simple = (least, None if open_ended else int(found.group(3) or least))
            end = found.end()
        self.at = end + (self.text[end : end + 1] in ("?", "+"))
        return simple
