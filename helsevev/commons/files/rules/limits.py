"""How large, how many, how long."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from types import MappingProxyType

from helsevev.commons.files.rules.kinds import Kind
from helsevev.commons.files.rules.reasons import Why
from helsevev.core.words import Refusal

MB = 1_000_000
LARGEST_FILE = 100 * MB
# Film and sound; what is longer is better kept where films are shown, and linked to.
LARGEST_MEDIA = 200 * MB
# What a page takes that hasn't said it takes files (a workbook, say), and what it takes from strangers.
LARGEST_SMALL = 12 * MB
LARGEST_FROM_STRANGERS = 2 * MB
QUOTA = 300 * MB
# What the product makes itself takes nobody's room.
NO_QUOTA = 10**15
# The same bound as the inspection's own.
MOST_PAGES = 1_000
ERASED_AFTER = timedelta(days=30)
# Longer than any transaction and any silence of an upload that still lives.
SWEPT_AFTER = timedelta(hours=24)
UNITS: Mapping[str, int] = MappingProxyType({"GB": 1_000_000_000, "MB": MB, "kB": 1_000})


def in_words(size: int) -> str:
    """A size in a whole number, which reads the same in every language: 100 MB, 2500 kB. Never rounded up."""
    for unit, one in UNITS.items():
        if size >= 10 * one or (size >= one and size % one == 0):
            return f"{size // one} {unit}"
    return f"{size} B"


def over_quota(size: int, used: int, quota: int) -> Refusal | None:
    """Why one more file of that size is more than its owner may keep."""
    if used + size <= quota:
        return None
    return Refusal(Why.OVER_QUOTA, {"left": in_words(max(quota - used, 0)), "size": in_words(size)})


def wrong_kind(allowed: Collection[str]) -> Refusal:
    """Why a file of another kind isn't taken."""
    return Refusal(Why.WRONG_KIND, {"allowed": kinds_in_words(allowed)})


def kinds_in_words(allowed: Collection[str]) -> str:
    """The kinds as everyone writes them: PDF, PNG, JPEG."""
    return ", ".join(kind.name for kind in Kind if kind.value in allowed)


def stretch(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and last byte that a browser asks for; the first lies behind the last where there are none.

    RFC 9110: "500-" is all from there on, "-500" the last so many.
    """
    if first:
        return int(first), min(int(last) if last else size, size - 1)
    return (max(size - int(last), 0), size - 1) if last and int(last) else (size, size - 1)
