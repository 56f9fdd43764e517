"""How many clicked (klikkrate), without anybody knowing who.

Each letter that is handed over carries a word drawn for it alone, which is forgotten as soon as it is sent. What comes
back by a link is kept as a keyed mark of that word; the letter's key is destroyed after 14 days, and the marks with it.

A click is a program's, not a person's, where it asks for the head alone, says that it looks beforehand, names itself as
a known scanner, comes within five seconds after the letter was handed over, or is one of several links of the same
letter that are opened with at most two seconds between them.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from helsevev.core.visits.agents import Device, kind_of

KEPT = timedelta(days=14)
AT_ONCE = timedelta(seconds=5)
BURST = timedelta(seconds=2)
# More than this of one letter tells nothing further.
MOST_OF_ONE = 40
WORD, SEAL, MARK = 12, 10, 32
# Those that look into letters, beside what is a robot anywhere.
SCANNERS = re.compile(
    r"safelinks|barracuda|mimecast|proofpoint|urldefense|fireeye|trendmicro|symantec|messagelabs|forcepoint|zscaler|"
    r"sophos|ironport|bitdefender|virustotal|googleimageproxy",
    re.IGNORECASE,
)
LOOKS_BEFOREHAND = re.compile(r"prefetch|preview|prerender", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """What a request tells that matters here, and that isn't kept (forespørsel)."""

    method: str
    agent: str = ""
    purpose: str = ""
    handed_over: datetime | None = None


@dataclass(frozen=True)
class Click:
    """A click as it is kept: whose is a mark alone."""

    mark: str
    link: int
    at: datetime
    is_machine: bool = False


@dataclass(frozen=True)
class Counted:
    """How many clicked, each once: all, and those that were no scanner. By link too."""

    every: int
    people: int
    links: Mapping[int, tuple[int, int]]


def new_key() -> str:
    """A letter's key."""
    return secrets.token_hex(32)


def new_word(key: str) -> str:
    """A word for one copy of a letter, which only the holder of the key can make."""
    word = secrets.token_hex(WORD // 2)
    return word + _keyed(key, "seal", word)[:SEAL]


def mark(key: str, word: str) -> str:
    """What is kept of a word; empty where it isn't one of this letter's."""
    drawn, seal = word[:WORD], word[WORD:]
    if not key or not hmac.compare_digest(seal.encode(), _keyed(key, "seal", drawn)[:SEAL].encode()):
        return ""
    return _keyed(key, "mark", drawn)[:MARK]


def _keyed(key: str, use: str, word: str) -> str:
    return hmac.new(bytes.fromhex(key), f"{use}:{word}".encode(), hashlib.sha256).hexdigest()


def is_machine(asked: Asked, now: datetime) -> bool:
    """Whether the request by itself shows that a program looks."""
    if asked.method == "HEAD" or LOOKS_BEFOREHAND.search(asked.purpose):
        return True
    if kind_of(asked.agent.strip()) is Device.ROBOT or SCANNERS.search(asked.agent):
        return True
    return asked.handed_over is not None and now - asked.handed_over < AT_ONCE


def counted(clicks: Iterable[Click]) -> Counted:
    """Unique clickers, with and without scanners."""
    every: dict[int, set[str]] = {}
    people: dict[int, set[str]] = {}
    ordered = sorted(clicks, key=lambda one: (one.mark, one.at))
    for owner, found in groupby(ordered, key=lambda one: one.mark):
        rows = list(found)
        for one, is_person in zip(rows, _by_people(rows), strict=True):
            every.setdefault(one.link, set()).add(owner)
            if is_person:
                people.setdefault(one.link, set()).add(owner)
    links = {link: (len(every[link]), len(people.get(link, ()))) for link in sorted(every)}
    return Counted(len(set().union(*every.values())), len(set().union(*people.values())), links)


def _by_people(rows: Sequence[Click]) -> list[bool]:
    """Which clicks of one copy, in their order, are a person's: none of a burst over several links is."""
    bursts: list[list[Click]] = []
    for one in rows:
        if bursts and one.at - bursts[-1][-1].at <= BURST:
            bursts[-1].append(one)
        else:
            bursts.append([one])
    return [
        not one.is_machine and len({other.link for other in together}) == 1 for together in bursts for one in together
    ]


def rate(clickers: int, delivered: int) -> float | None:
    """Clickers in percent of the letters that arrived; None where none did."""
    return round(100 * clickers / delivered, 1) if delivered else None
