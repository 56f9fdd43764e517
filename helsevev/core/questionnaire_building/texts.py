"""Texts of a questionnaire in several languages (tekster): which there are, and setting one of them.

The questionnaire's own language stands in the element itself, the others in the standard's translation extension on
the element's shadow (`text` and `_text`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from helsevev.core.questionnaire_building.tree import JSON

TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
MARKDOWN = "http://hl7.org/fhir/StructureDefinition/rendering-markdown"
LANGUAGES = ("nb", "nn", "en")
# How an installation's languages are known in files from elsewhere.
ALSO = {"no": "nb", "nb-no": "nb", "nn-no": "nn", "en-gb": "en", "en-us": "en"}


def own_language(questionnaire: Mapping[str, Any]) -> str:
    """The language that stands in the elements themselves."""
    return known_language(str(questionnaire.get("language") or "nb")) or "nb"


def known_language(code: str) -> str | None:
    """A language tag as ours; None when it is none of ours."""
    tidy = code.strip().lower()
    tidy = ALSO.get(tidy, tidy)
    return tidy if tidy in LANGUAGES else None


def read(holder: Mapping[str, Any], key: str, own: str) -> dict[str, str]:
    """A text by language, of an element such as an item's `text`."""
    said = holder.get(key) or _formatted(holder.get(f"_{key}"))
    found = {own: str(said)} if said else {}
    for language, text in _translations(holder.get(f"_{key}")):
        if text:
            found.setdefault(language, text)
    return found


def _formatted(shadow: JSON) -> str:
    """The words of a text that a file has only with its formatting."""
    extensions = shadow.get("extension") or () if isinstance(shadow, Mapping) else ()
    return next((str(one.get("valueMarkdown") or "") for one in extensions if one.get("url") == MARKDOWN), "")


def _translations(shadow: JSON) -> Iterator[tuple[str, str]]:
    """The translations on an element's shadow, in the languages that we know."""
    if not isinstance(shadow, Mapping):
        return
    for extension in shadow.get("extension") or ():
        if extension.get("url") == TRANSLATION:
            parts = {part.get("url"): part for part in extension.get("extension") or ()}
            language = known_language(str(parts.get("lang", {}).get("valueCode") or ""))
            text = parts.get("content", {})
            if language:
                yield language, str(text.get("valueString") or text.get("valueMarkdown") or "")


def written(holder: Mapping[str, Any], key: str, texts: Mapping[str, str], own: str) -> dict[str, Any]:
    """The holder with a text in these languages; languages that aren't named keep theirs, an empty text goes."""
    made = dict(holder)
    for language, text in texts.items():
        if language == own:
            if text != read(made, key, own).get(own, ""):
                _set(made, f"_{key}", _without_formatting(made.get(f"_{key}")))
                _set(made, key, text)
        else:
            _set(made, f"_{key}", _with_translation(made.get(f"_{key}"), language, text))
    return made


def _without_formatting(shadow: JSON) -> JSON:
    """An element's shadow without the old words in formatting: they would say something else than the new ones."""
    if not _formatted(shadow):
        return shadow
    made = dict(shadow)
    _set(made, "extension", [one for one in shadow["extension"] if one.get("url") != MARKDOWN])
    return made


def _set(made: dict[str, Any], key: str, value: JSON) -> None:
    """An empty value leaves no key behind, as the standard wants it."""
    if value:
        made[key] = value
    else:
        made.pop(key, None)


def _with_translation(shadow: JSON, language: str, text: str) -> dict[str, Any]:
    """An element's shadow with one translation set, or taken away."""
    made = dict(shadow) if isinstance(shadow, Mapping) else {}
    kept = list(made.get("extension") or ())
    at = next((number for number, one in enumerate(kept) if _language_of(one) == language), None)
    if at is not None and dict(_translations({"extension": [kept[at]]})).get(language) == text:
        return made
    fresh = [translation(language, text)] if text else []
    if at is None:
        kept += fresh
    else:
        kept[at : at + 1] = fresh
    _set(made, "extension", kept)
    return made


def _language_of(extension: Mapping[str, Any]) -> str | None:
    """Which of our languages a translation extension holds; None for anything else."""
    return next((language for language, _text in _translations({"extension": [extension]})), None)


def translation(language: str, text: str) -> dict[str, Any]:
    """The standard's translation extension."""
    return {
        "url": TRANSLATION,
        "extension": [{"url": "lang", "valueCode": language}, {"url": "content", "valueString": text}],
    }


@dataclass(frozen=True)
class Missing:
    """A text that isn't in a language (mangler): whose, what it is, and in which languages it lacks."""

    link_id: str
    what: str
    text: str
    languages: tuple[str, ...]


def missing(
    link_id: str, what: str, by_language: Mapping[str, str], languages: tuple[str, ...] = LANGUAGES
) -> Iterator[Missing]:
    """What a text lacks; one that stands in no language at all lacks nothing."""
    lacks = tuple(language for language in languages if not by_language.get(language))
    if by_language and lacks:
        yield Missing(link_id, what, next(iter(by_language.values())), lacks)
