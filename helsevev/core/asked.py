"""What people write in an address (adresselinje): any text at all, made fit to search for and to count by."""

import unicodedata
from collections.abc import Mapping, Sequence

LAST_PAGE = 1_000_000

Params = Mapping[str, Sequence[str]]


def clean(text: str) -> str:
    """Text as it may be searched for: composed letters, single spaces, no control or half characters."""
    kept = (" " if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") else sign for sign in text)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def last(params: Params, name: str) -> str:
    """The last that was said of a parameter, as a browser's own forms would have it; empty when nothing was."""
    values = params.get(name) or ("",)
    return values[-1]


def page(params: Params, name: str = "page") -> int:
    """A page number; what isn't one is the first, and too high a one the last that there can be."""
    given = last(params, name)
    if not (given.isascii() and given.isdigit()):
        return 1
    return min(max(int(given[:9]), 1), LAST_PAGE)
