"""Names for addresses and keys (kortnavn), made from what people write."""

import re
from collections.abc import Container
from itertools import count

from helsevev.core.alphabet import folded

PIECES = re.compile("[a-z0-9]+")


def slug(text: str) -> str:
    """A name in small letters, digits and hyphens: æ, ø and å as ae, o and a, Sámi letters as their nearest."""
    return "-".join(PIECES.findall(folded(text)))


def free(stem: str, taken: Container[str]) -> str:
    """The stem, or the first of stem-2, stem-3 and so on that isn't taken."""
    if stem not in taken:
        return stem
    return next(name for number in count(2) if (name := f"{stem}-{number}") not in taken)
