"""Two versions of a form compared (sammenligning), item by item and in words that the page translates."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from helsevev.core.questionnaire_building import calculations, conditions, saying, settings, texts, tree, wording
from helsevev.core.questionnaire_building.tree import JSON, Found, Questionnaire
from helsevev.core.words import Refusal, gettext_noop


class What(StrEnum):
    """What differs."""

    ADDED = gettext_noop("Is new")
    REMOVED = gettext_noop("Is taken out")
    MOVED = gettext_noop("Was moved")
    KIND = gettext_noop("Type")
    TITLE = gettext_noop("Title")
    DESCRIPTION = gettext_noop("What the form is for")
    TEXT = gettext_noop("Text")
    HELP = gettext_noop("Help")
    VALIDATION = gettext_noop("When the answer is wrong")
    OPTIONS = gettext_noop("Options")
    CONDITIONS = gettext_noop("Is asked when")
    REQUIRED = gettext_noop("Must be answered")
    REPEATS = gettext_noop("Can be answered several times")
    LIMITS = gettext_noop("Limits")
    CALCULATED = gettext_noop("Calculated")
    OTHER = gettext_noop("Technical settings")


# A line of what stands: a text, or a sentence of ours to be translated.
Lines = tuple[str | Refusal, ...]


@dataclass(frozen=True)
class Change:
    """One difference (endring): of which item (none: the form), what, in which language, before and after in lines."""

    link_id: str
    what: What
    language: str = ""
    before: Lines = ()
    after: Lines = ()


def compare(before: Questionnaire, after: Questionnaire, language: str) -> list[Change]:
    """Every difference between two versions: the form's own first, then item by item in the later one's order."""
    was = {found.link_id: found for found in tree.walk(before) if not settings.is_help(found.item)}
    now = {found.link_id: found for found in tree.walk(after) if not settings.is_help(found.item)}
    moved = _moved(was, now)
    found = [*_of_the_form(before, after)]
    for link_id, one in now.items():
        if link_id not in was:
            found.append(Change(link_id, What.ADDED, after=_whole(after, one, language)))
            continue
        if link_id in moved:
            found.append(Change(link_id, What.MOVED))
        found += _of_item((before, was[link_id].item), (after, one.item), language)
    found += [
        Change(link_id, What.REMOVED, before=_whole(before, one, language))
        for link_id, one in was.items()
        if link_id not in now
    ]
    return found


def _whole(questionnaire: Questionnaire, found: Found, language: str) -> Lines:
    """What an item is called and of what type, for one that came or went."""
    own = texts.own_language(questionnaire)
    return (saying.name(found.item, own, language), *_kind(found.item))


def _of_the_form(before: Questionnaire, after: Questionnaire) -> Iterator[Change]:
    owns = texts.own_language(before), texts.own_language(after)
    for what, key in ((What.TITLE, "title"), (What.DESCRIPTION, "description")):
        yield from _of_texts("", what, texts.read(before, key, owns[0]), texts.read(after, key, owns[1]))


def _of_texts(link_id: str, what: What, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for language in texts.LANGUAGES:
        was, now = before.get(language, ""), after.get(language, "")
        if was != now:
            yield Change(link_id, what, language, tuple(was.splitlines()), tuple(now.splitlines()))


def _moved(was: Mapping[str, Found], now: Mapping[str, Found]) -> set[str]:
    """The items that stand elsewhere: in another group, or out of the order that most of the others keep."""
    elsewhere = {one for one in now if one in was and was[one].parent != now[one].parent}
    moved = set(elsewhere)
    for parent in {now[one].parent for one in now}:
        kept = [one for one in now if now[one].parent == parent and one in was and one not in elsewhere]
        places = {one: at for at, one in enumerate(was)}
        moved |= set(kept) - _longest(kept, [places[one] for one in kept])
    return moved


def _longest(names: Sequence[str], places: Sequence[int]) -> set[str]:
    """The largest set of names whose places grow: those that didn't move."""
    ends: list[int] = []
    chains: list[tuple[str, ...]] = []
    for name, place in zip(names, places, strict=True):
        at = bisect_left(ends, place)
        chain = (*(chains[at - 1] if at else ()), name)
        ends[at : at + 1], chains[at : at + 1] = [place], [chain]
    return set(chains[-1]) if chains else set()


def _of_item(was: tuple[Questionnaire, Any], now: tuple[Questionnaire, Any], language: str) -> Iterator[Change]:
    """Every difference between an item and itself."""
    (before, old), (after, new) = was, now
    link_id = str(new["linkId"])
    owns = texts.own_language(before), texts.own_language(after)
    if old.get("type") != new.get("type"):
        yield Change(link_id, What.KIND, before=_kind(old), after=_kind(new))
    for what, read in (
        (What.TEXT, lambda item, own: texts.read(item, "text", own)),
        (What.HELP, wording.help_of),
        (What.VALIDATION, wording.validation_of),
    ):
        yield from _of_texts(link_id, what, read(old, owns[0]), read(new, owns[1]))
    lines = [
        (What.OPTIONS, _options(old, owns[0]), _options(new, owns[1])),
        (What.CONDITIONS, _conditions(before, old, language), _conditions(after, new, language)),
        (What.REQUIRED, _flag(old, "required"), _flag(new, "required")),
        (What.REPEATS, _flag(old, "repeats"), _flag(new, "repeats")),
        (What.LIMITS, _limits(old), _limits(new)),
        (What.CALCULATED, _calculated(old), _calculated(new)),
    ]
    differing = [Change(link_id, what, "", first, last) for what, first, last in lines if first != last]
    yield from differing
    if not differing and _rest(old) != _rest(new):
        yield Change(link_id, What.OTHER)


def _kind(item: Mapping[str, Any]) -> Lines:
    kind = str(item.get("type"))
    return (Refusal(saying.KIND_NAMES.get(kind, kind)),)


def _options(item: Mapping[str, Any], own: str) -> Lines:
    """A question's options in all their languages, with what they count."""
    return tuple(
        " · ".join(one.texts[language] for language in texts.LANGUAGES if language in one.texts)
        + (f" ({one.score:f})" if one.score is not None else "")
        for one in settings.options(item, own)
    )


def _conditions(questionnaire: Questionnaire, item: Mapping[str, Any], language: str) -> Lines:
    return tuple(saying.condition(questionnaire, one, language) for one in conditions.read(item))


def _flag(item: Mapping[str, Any], key: str) -> Lines:
    return (Refusal(saying.YES if item.get(key) else saying.NO),)


LIMITS: Mapping[str, str] = {
    settings.MIN_VALUE: gettext_noop("At least %(value)s"),
    settings.MAX_VALUE: gettext_noop("At most %(value)s"),
    settings.MIN_LENGTH: gettext_noop("At least %(value)s characters"),
    settings.MIN_OCCURS: gettext_noop("At least %(value)s times"),
    settings.MAX_OCCURS: gettext_noop("At most %(value)s times"),
    settings.DECIMALS: gettext_noop("At most %(value)s decimals"),
}
LENGTH = gettext_noop("At most %(value)s characters")


def _limits(item: Mapping[str, Any]) -> Lines:
    found: list[Refusal] = [
        Refusal(sentence, {"value": value})
        for url, sentence in LIMITS.items()
        if (value := settings.value_of(item, url)) is not None
    ]
    if item.get("maxLength") is not None:
        found.append(Refusal(LENGTH, {"value": item["maxLength"]}))
    return tuple(found)


def _calculated(item: Mapping[str, Any]) -> Lines:
    return tuple(calculations.expression(item).splitlines())


def _rest(item: Mapping[str, Any]) -> JSON:
    """What an item holds itself, without the questions that lie in it."""
    return {key: value for key, value in item.items() if key not in ("item", "text", "_text", "type")}
