"""How words are read: folded so that 'bodo' finds Bodø, and never as syntax, whatever people type."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

# Letters that Unicode doesn't take apart: Norwegian, Sami and neighbours, as people write them without the keys.
LETTERS = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t", "þ": "th", "ł": "l", "œ": "oe"})
# Letters and digits, with marks that no letter has been composed with.
WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
WORD_LIMIT = 64
# Text that an index row takes in. PostgreSQL's search vector holds at most a megabyte.
FOLDED_LIMIT = 200_000
# More words than this say nothing more; the search stays quick however much someone pastes.
QUERY_WORDS = 16
QUERY_LIMIT = 2_000
# A word this long is also the beginning of its inflected forms and compounds.
STEM = 4
# Words that nearly every text has; asked for together with others, they only hide what lacks them.
SMALL_WORDS = frozenset(
    WORD.findall("og i pa for til av med som et en ei de det den er fra ved om eller a ha the of and in to an is on at")
)


@dataclass(frozen=True)
class Query:
    """What someone looks for: folded words. No words: nothing can be found.

    `text` is what was written; `terms` are all that answers it in some way, as far as that has been asked for.
    """

    words: tuple[str, ...]
    text: str = field(default="", compare=False)
    terms: frozenset[str] = frozenset()

    def is_beginning(self, position: int) -> bool:
        """Whether the word there also stands for longer words: the last may be half typed, long ones inflected."""
        return position == len(self.words) - 1 or len(self.words[position]) >= STEM


def readable(text: str) -> str:
    """`text` without what no database can hold (NUL, halves of character pairs), and with its marks composed."""
    text = unicodedata.normalize("NFC", text.replace("\x00", " "))
    return text.encode(errors="replace").decode()


@lru_cache(maxsize=50_000)
def folded(word: str) -> tuple[str, ...]:
    """What one written word folds to: mostly one word, two where a sign such as ½ hides a gap.

    Small letters without marks, and å in its old spelling too: Bodø is bodo, Aalesund and Ålesund are alesund.
    """
    apart = unicodedata.normalize("NFKD", word.casefold().translate(LETTERS))
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()
    return tuple(found.group().replace("aa", "a")[:WORD_LIMIT] for found in WORD.finditer(plain))


def split(text: str) -> Iterator[str]:
    """The folded words of `text`, one by one."""
    for found in WORD.finditer(unicodedata.normalize("NFC", text)):
        yield from folded(found.group())


def fold(text: str) -> str:
    """`text` as the index keeps it: folded words with one blank between them."""
    return " ".join(split(text))[:FOLDED_LIMIT]


def query(text: str) -> Query | None:
    """What `text` asks for; None when it is blank, which asks for nothing in particular."""
    if not text.strip():
        return None
    words = list(dict.fromkeys(split(text[:QUERY_LIMIT])))[:QUERY_WORDS]
    kept = [word for word in words[:-1] if word not in SMALL_WORDS] + words[-1:]
    return Query(tuple(kept), text[:QUERY_LIMIT])
