"""A text that exists in some of the house's languages: the reader's own where there is one, else the nearest."""

from collections.abc import Mapping
from typing import NamedTuple

NEAREST: Mapping[str, tuple[str, ...]] = {
    "nb": ("nb", "nn", "en"),
    "nn": ("nn", "nb", "en"),
    "en": ("en", "nb", "nn"),
}
LANGUAGES = tuple(NEAREST)


class Text(NamedTuple):
    """A text, and the language it is in where that isn't the page's own."""

    text: str
    lang: str = ""

    def __str__(self) -> str:
        """The text alone, for where a language can't be marked."""
        return self.text


def in_language(language: str, texts: Mapping[str, str]) -> Text:
    """The text in the reader's language, else in the nearest that there is, marked as such."""
    for code in NEAREST[language]:
        if texts.get(code):
            return Text(texts[code], "" if code == language else code)
    return Text("")
