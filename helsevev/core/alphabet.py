"""The Norwegian alphabet: æ, ø and å come last, and accents don't move a letter."""

from unicodedata import combining, normalize

# Signs that follow z in every plain ordering of characters, for letters that follow z in the alphabet.
AFTER_Z = {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"}
_FOLDED = str.maketrans({"æ": "ae", "ä": "a", "ø": "o", "ö": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t"})
_LAST = str.maketrans(AFTER_Z)


def sort_key(text: str) -> str:
    """What texts are sorted by, so that Ålesund stands after Ørsta and Émile among the e's."""
    return _plain(text, _LAST)


def folded(text: str) -> str:
    """Text as a hurried hand types it: "alesund" for Ålesund. Two texts are compared by this when one searches."""
    return _plain(text, _FOLDED)


def _plain(text: str, letters: dict[int, str]) -> str:
    """Small letters, those of the table by it, and all others without their marks."""
    known = normalize("NFKC", text).casefold().translate(letters)
    return "".join(sign for sign in normalize("NFKD", known) if not combining(sign)).casefold()
