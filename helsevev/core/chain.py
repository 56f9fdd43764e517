"""A chain of sealed lines (kjede): each holds a keyed digest of its content and its predecessor's digest.

Whoever can write to the table but lacks the secret can change, delete or move lines, and is found out. Taking away
the last lines leaves a shorter chain that is sound in itself, so the head is also kept elsewhere (`anchors`).
"""

import hmac
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

START = ""
# Lists of faults stay readable, and a forged number of twenty digits can't make us count up to it.
LONGEST_GAP = 1000
# How many misplaced lines are tried in each other's places; beyond that they are called changed.
MOST_TRIED = 300


@dataclass(frozen=True)
class Content:
    """What a line says, without its seal."""

    number: int
    at: str
    actor: str
    verb: str
    kind: str
    key: str
    detail: str
    previous: str


@dataclass(frozen=True)
class Sealed:
    """A line as it is stored."""

    content: Content
    digest: str

    @property
    def number(self) -> int:
        """Its place in the chain."""
        return self.content.number


@dataclass(frozen=True)
class Head:
    """A number and the digest that the line with that number had when someone looked."""

    number: int = 0
    digest: str = START


class Kind(StrEnum):
    """What can be wrong with a line."""

    CHANGED = "changed"
    MISSING = "missing"
    REORDERED = "reordered"
    TRUNCATED = "truncated"


@dataclass(frozen=True, order=True)
class Fault:
    """One line that isn't as it was sealed (brudd)."""

    number: int
    fault: str


@dataclass(frozen=True)
class Report:
    """What a walk along the chain found."""

    lines: int
    head: str
    faults: tuple[Fault, ...]


def seal(secret: bytes, content: Content, number: int | None = None) -> str:
    """The keyed digest of a line; `number` asks what it would be in another place."""
    words = {
        "number": content.number if number is None else number,
        "at": content.at,
        "actor": content.actor,
        "verb": content.verb,
        "kind": content.kind,
        "key": content.key,
        "detail": content.detail,
        "previous": content.previous,
    }
    canonical = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hmac.digest(secret, canonical.encode("ascii"), "sha256").hex()


def fingerprint(secret: bytes) -> str:
    """A name for the secret that doesn't tell what it is; tells a wrong key from a broken chain."""
    return hmac.digest(secret, b"helsevev trail key", "sha256").hex()[:16]


@dataclass
class _Walk:
    """What is remembered while going along the chain once; only lines with faults are kept."""

    secret: bytes
    anchors: dict[int, set[str]]
    count: int = 0
    last: Head = field(default_factory=Head)
    trusted: int = 0
    before: Head | None = field(default_factory=Head)
    top: int = 0
    broken: list[Sealed] = field(default_factory=list)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def step(self, line: Sealed) -> None:
        """Look at the next line."""
        self.count += 1
        self.last = Head(line.number, line.digest)
        if line.number > self.top + 1:
            self.gaps.append((self.top + 1, line.number - 1))
        self.top = max(self.top, line.number)
        if seal(self.secret, line.content) != line.digest:
            self.broken.append(line)
            self.before = None
            return
        follows = self.before is not None and self.before.number == line.number - 1
        if follows and self.before and self.before.digest != line.content.previous:
            self.faults.append(Fault(line.number, Kind.REORDERED))
        elif self.anchors.get(line.number, {line.digest}) != {line.digest}:
            self.faults.append(Fault(line.number, Kind.CHANGED))
        self.before = self.last
        self.trusted = line.number


def verify(lines: Iterable[Sealed], secret: bytes, anchors: Sequence[Head] = ()) -> Report:
    """Walk along the lines in the order of their numbers and say what is wrong, by number.

    `anchors` are heads that were written down; they must not be younger than the lines that are read.
    """
    known: dict[int, set[str]] = {}
    for anchor in anchors:
        if anchor.number:
            known.setdefault(anchor.number, set()).add(anchor.digest)
    walk = _Walk(secret, known)
    for line in lines:
        walk.step(line)
    absent = _absent(walk, max((anchor.number for anchor in anchors), default=0))
    faults = [*walk.faults, *absent, *_name_broken(walk, [fault.number for fault in absent])]
    return Report(walk.count, walk.last.digest, tuple(sorted(faults)))


def _absent(walk: _Walk, anchored: int) -> list[Fault]:
    """Numbers that no line has, up to the highest one that is vouched for by a genuine line or an anchor."""
    gaps = list(walk.gaps)
    if anchored > walk.top:
        gaps.append((walk.top + 1, anchored))
    faults: list[Fault] = []
    for first, last in gaps:
        end = min(last, max(walk.trusted, anchored), first + LONGEST_GAP - 1)
        numbers = range(first, end + 1)
        faults += [Fault(number, Kind.MISSING if number < walk.trusted else Kind.TRUNCATED) for number in numbers]
    return faults


def _name_broken(walk: _Walk, free: Sequence[int]) -> list[Fault]:
    """A broken line whose seal fits another place was moved; every other one was changed."""
    places = [line.number for line in walk.broken] + list(free)
    tried: Callable[[Sealed], Sequence[int]] = (
        (lambda _: places) if len(places) <= MOST_TRIED else (lambda line: (line.number - 1, line.number + 1))
    )
    return [
        Fault(line.number, Kind.REORDERED if _fits_elsewhere(walk.secret, line, tried(line)) else Kind.CHANGED)
        for line in walk.broken
    ]


def _fits_elsewhere(secret: bytes, line: Sealed, places: Sequence[int]) -> bool:
    return any(seal(secret, line.content, number) == line.digest for number in places if number != line.number)
