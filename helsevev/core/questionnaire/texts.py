"""Texts of a form in several languages (tekster), as FHIR's translation extension holds them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
# Whom to ask next when a text isn't there in a language: the nearest neighbour first.
NEIGHBOURS: Mapping[str, tuple[str, ...]] = {"nb": ("nn", "en"), "nn": ("nb", "en"), "en": ("nb", "nn")}
DEFAULT = "nb"


@dataclass(frozen=True)
class Text:
    """A text (tekst) by language; `own` is the language that the form itself is written in."""

    by_language: Mapping[str, str] = field(default_factory=dict)
    own: str = DEFAULT

    def __bool__(self) -> bool:
        """Whether anything is said."""
        return bool(self.by_language)

    def __str__(self) -> str:
        """In the language that the form is written in."""
        return self.in_language(self.own)

    def language_of(self, language: str) -> str:
        """The language that a reader of `language` is given; the asked one when nothing is said at all."""
        for one in (language, *NEIGHBOURS.get(language, ()), self.own, *self.by_language):
            if one in self.by_language:
                return one
        return language

    def in_language(self, language: str) -> str:
        """The text in that language, or in the nearest one that has it."""
        return self.by_language.get(self.language_of(language), "")


NOTHING = Text()


def language_code(tag: object) -> str:
    """Our code for a language tag: nb-NO is nb, and plain "no" is bokmål."""
    first = str(tag or "").lower().replace("_", "-").split("-")[0]
    return DEFAULT if first in ("no", "") else first


def read(holder: Mapping[str, Any], name: str, own: str) -> Text:
    """The text that `holder` has under `name`, with its translations from `_name`."""
    found: dict[str, str] = {}
    said = holder.get(name)
    if isinstance(said, str) and said.strip():
        found[own] = said
    beside = holder.get(f"_{name}")
    for language, text in translations(beside if isinstance(beside, Mapping) else {}):
        found.setdefault(language, text)
    return Text(found, own)


def translations(element: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each translation that an element carries, with its language."""
    for extension in _list(element.get("extension")):
        if extension.get("url") != TRANSLATION:
            continue
        parts = {part.get("url"): part for part in _list(extension.get("extension"))}
        language = parts.get("lang", {})
        content = parts.get("content", {})
        code = language.get("valueCode") or language.get("valueString")
        text = content.get("valueString") or content.get("valueMarkdown")
        if isinstance(code, str) and isinstance(text, str) and text.strip():
            yield language_code(code), text


def designations(concept: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each designation that a concept of a value set has, with its language."""
    for one in _list(concept.get("designation")):
        if isinstance(one.get("language"), str) and isinstance(one.get("value"), str) and one["value"].strip():
            yield language_code(one["language"]), one["value"]


def _list(value: object) -> list[Mapping[str, Any]]:
    """The objects of a list; what isn't a list of objects is nothing."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
