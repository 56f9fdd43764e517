"""Letters and words as they stand in a text (bokstaver): small, composed, without accents, but with æ, ø and å."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# A word may have hyphens inside it; what stands around it is no part of it.
WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*(?:[-\u2010\u2011][^\W_]+)*")
HYPHEN = re.compile(r"[-\u2010\u2011]")
LONGEST = 60
_NEIGHBOURS = {"ä": "æ", "ö": "ø", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "œ": "ø", "ŋ": "n", "ŧ": "t", "ß": "ss"}
_KEPT = "æøå"
# How æ, ø and å are typed by those who lack the keys, and what all ways of typing them come to.
_TYPED = re.compile("ae|oe|aa|æ|ø|å")
_PLAIN = {"ae": "a", "oe": "o", "aa": "a", "æ": "a", "ø": "o", "å": "a"}


@lru_cache(maxsize=4096)
def _sign(sign: str) -> str:
    """One small letter without its mark."""
    if sign in _KEPT:
        return sign
    if sign in _NEIGHBOURS:
        return _NEIGHBOURS[sign]
    return "".join(one for one in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(one)).casefold()


def small(word: str) -> str:
    """`word` in small letters, composed, and without accents."""
    word = unicodedata.normalize("NFC", word).casefold()
    if word.isascii():
        return word[:LONGEST]
    return "".join(map(_sign, unicodedata.normalize("NFC", word)))[:LONGEST]


def words(text: str) -> Iterator[str]:
    """The words of `text` as written, one by one."""
    for found in WORD.finditer(text):
        yield found.group()


def spellings(word: str) -> tuple[str, ...]:
    """What one written word is read as: itself, or for a hyphenated one its parts and then all of it joined."""
    parts = [one for one in (small(part) for part in HYPHEN.split(word)) if one]
    return (*parts, "".join(parts)[:LONGEST]) if len(parts) > 1 else tuple(parts)


def typed_plain(word: str) -> str:
    """`word` as it would be typed without Norwegian keys: sår, saar and sar are the same."""
    return _TYPED.sub(lambda found: _PLAIN[found.group()], word)
