"""What a question says beside its text (veiledning): its help, and what is said when the answer is wrong."""

from collections.abc import Iterator, Mapping
from typing import Any

from helsevev.core.questionnaire_building import settings, texts, tree
from helsevev.core.questionnaire_building.tree import Item, Questionnaire

SUBLABEL = "http://helsenorge.no/fhir/StructureDefinition/sdf-sublabel"
SUBLABEL_TEXT = "http://helsenorge.no/fhir/StructureDefinition/sdf-sublabel-text"
VALIDATION = "http://ehelse.no/fhir/StructureDefinition/validationtext"


def questions(holder: Mapping[str, Any]) -> list[Item]:
    """The items right below a questionnaire or an item that aren't its help."""
    return [child for child in tree.children(holder) if not settings.is_help(child)]


def help_of(item: Mapping[str, Any], own: str) -> dict[str, str]:
    """An item's help by language: from the item that explains it, else from the portal's sublabel."""
    explaining = next((child for child in tree.children(item) if settings.is_help(child)), None)
    if explaining is not None:
        return texts.read(explaining, "text", own)
    key, extension = _sublabel(item)
    return texts.read(extension, key, own) if extension is not None else {}


def _sublabel(item: Mapping[str, Any]) -> tuple[str, Item | None]:
    """The portal's sublabel of an item, and the key of its value."""
    for extension in item.get("extension") or ():
        if extension.get("url") in (SUBLABEL, SUBLABEL_TEXT):
            key = next((key for key in extension if key.startswith("value")), "valueMarkdown")
            return key, extension
    return "valueMarkdown", None


def set_help(questionnaire: Questionnaire, link_id: str, wanted: Mapping[str, str]) -> dict[str, Any]:
    """The questionnaire with an item's help in these languages; without a text in any language it goes."""
    own = texts.own_language(questionnaire)
    if tree.require(questionnaire, link_id).item.get("type") == "display":
        return dict(questionnaire)  # a text that explains needs no explaining, and the standard lets nothing lie in it
    taken = set(tree.link_ids(questionnaire))
    return tree.changed(questionnaire, link_id, lambda item: _with_help(item, wanted, own, taken))


def _with_help(item: Item, wanted: Mapping[str, str], own: str, taken: set[str]) -> Item:
    at = next((number for number, child in enumerate(tree.children(item)) if settings.is_help(child)), None)
    key, sublabel = _sublabel(item)
    if at is None and sublabel is not None:
        made = texts.written(sublabel, key, wanted, own)
        return _with_sublabel(item, sublabel, made if texts.read(made, key, own) else None)
    items = list(tree.children(item))
    held = items[at] if at is not None else _explaining(str(item["linkId"]), taken)
    made = texts.written(held, "text", wanted, own)
    fresh = [_ordered(made)] if texts.read(made, "text", own) else []
    if at is None:
        items = [*fresh, *items]
    else:
        items[at : at + 1] = fresh
    return tree.with_children(item, items)


def _with_sublabel(item: Item, held: Item, made: Item | None) -> Item:
    """The item with its sublabel as it is now; the plain twin that some files have goes, since it would differ."""
    kept = [
        made if one is held else one
        for one in item["extension"]
        if one is held or one.get("url") not in (SUBLABEL, SUBLABEL_TEXT)
    ]
    rest = {key: value for key, value in item.items() if key != "extension"}
    left = [one for one in kept if one is not None]
    return {**rest, "extension": left} if left else rest


def _explaining(link_id: str, taken: set[str]) -> Item:
    """A new item that explains another; nothing is answered to it, so its link id may return."""
    name = f"{link_id}-help"
    while name in taken:
        name += "-2"
    return {"linkId": name, "type": "display", "extension": [settings.control("help")]}


def _ordered(item: Item) -> Item:
    """The keys in the order in which one reads them."""
    return {**{key: item[key] for key in ("linkId", "text", "_text", "type") if key in item}, **item}


def validation_of(item: Mapping[str, Any], own: str) -> dict[str, str]:
    """What is said when the answer is wrong, by language."""
    extension = next((one for one in item.get("extension") or () if one.get("url") == VALIDATION), None)
    return texts.read(extension, "valueString", own) if extension else {}


def set_validation(item: Item, wanted: Mapping[str, str], own: str) -> Item:
    """The item with what is said when the answer is wrong."""
    return _with_worded(item, VALIDATION, wanted, own)


def _with_worded(item: Item, url: str, wanted: Mapping[str, str], own: str) -> Item:
    """The item with an extension that holds a text for people."""
    kept = list(item.get("extension") or ())
    at = next((number for number, one in enumerate(kept) if one.get("url") == url), len(kept))
    held = kept[at] if at < len(kept) else {"url": url}
    made = texts.written(held, "valueString", wanted, own)
    kept[at : at + 1] = [made] if texts.read(made, "valueString", own) else []
    rest = {key: value for key, value in item.items() if key != "extension"}
    return {**rest, "extension": kept} if kept else rest


def placeholder_of(item: Mapping[str, Any], own: str) -> dict[str, str]:
    """The example that stands in an empty field, by language."""
    extension = next((one for one in item.get("extension") or () if one.get("url") == settings.PLACEHOLDER), None)
    return texts.read(extension, "valueString", own) if extension else {}


def set_placeholder(item: Item, wanted: Mapping[str, str], own: str) -> Item:
    """The item with the example that stands in its empty field."""
    return _with_worded(item, settings.PLACEHOLDER, wanted, own)


def texts_of(item: Mapping[str, Any], own: str) -> Iterator[tuple[str, dict[str, str]]]:
    """An item's texts by what they are: its own, its help and example, what a wrong answer is told, its options."""
    yield "text", texts.read(item, "text", own)
    yield "help", help_of(item, own)
    yield "placeholder", placeholder_of(item, own)
    yield "validation", validation_of(item, own)
    for option in item.get("answerOption") or ():
        if "valueCoding" in option:
            yield "option", texts.read(option["valueCoding"], "display", own)


def lacking(questionnaire: Questionnaire, languages: tuple[str, ...] = texts.LANGUAGES) -> Iterator[texts.Missing]:
    """Every text that stands in some language and lacks in another, in reading order."""
    own = texts.own_language(questionnaire)
    for key in ("title", "description"):
        yield from texts.missing("", key, texts.read(questionnaire, key, own), languages)
    for found in tree.walk(questionnaire):
        if not settings.is_help(found.item):
            for what, by_language in texts_of(found.item, own):
                yield from texts.missing(found.link_id, what, by_language, languages)
