"""How large, how many, how long."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

MB = 1_000_000
LARGEST_FILE = 100 * MB
# What a page takes that hasn't said it takes files (a workbook, say), and what it takes from strangers.
LARGEST_SMALL = 12 * MB
QUOTA = 300 * MB
ERASED_AFTER = timedelta(days=30)
UNITS: Mapping[str, int] = MappingProxyType({"GB": 1_000_000_000, "MB": MB, "kB": 1_000})


def in_words(size: int) -> str:
    """A size in a whole number, which reads the same in every language: 100 MB, 2500 kB. Never rounded up."""
    for unit, one in UNITS.items():
        if size >= 10 * one or (size >= one and size % one == 0):
            return f"{size // one} {unit}"
    return f"{size} B"


def over_quota(size: int, used: int, quota: int) -> bool:
    """Whether one more file of that size is more than its owner may keep."""
    return used + size > quota
