"""What may happen to a sheet, and what comes of two who write in it at once. Pure."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from helsevev.core.questionnaire import paths, values
from helsevev.core.questionnaire.evaluating import Evaluation
from helsevev.core.questionnaire.model import Item, Questionnaire, Value
from helsevev.core.strictjson import unkept_sign
from helsevev.core.words import Refusal, gettext_noop

DRAFT, BOUND, DISCARDED = "draft", "bound", "discarded"
MOST_ANSWERS = 5_000
MOST_AT_ONCE = 1_000
LONGEST_VALUE = 60_000


class Why(StrEnum):
    """Why something can't be done with a sheet."""

    IS_BOUND = gettext_noop("The answers have been sent in, so they can't be changed now.")
    IS_DISCARDED = gettext_noop("These answers have been thrown away. Bring them back before you write.")
    NOT_BOUND = gettext_noop("The answers haven't been sent in.")
    NOT_DISCARDED = gettext_noop("These answers haven't been thrown away.")
    WAS_BOUND = gettext_noop("What has been sent in once can't be thrown away as a draft.")
    NO_PLACE = gettext_noop("There is no such place in the form.")
    TOO_MANY = gettext_noop("There are more answers than a sheet can hold.")
    TOO_LONG = gettext_noop("The text has %(length)s characters; at most %(longest)s can be kept")
    BROKEN_TEXT = gettext_noop("The text holds a character that can't be kept: %(code)s")
    ROW_CHANGED = gettext_noop("Someone else has written here since you opened the page. Read it before you remove it.")
    NO_ROW = gettext_noop("There is nothing to bring back any more.")
    MISSING = gettext_noop("%(label)s: this isn't filled in.")
    WRONG = gettext_noop("%(label)s: %(why)s")
    CLASH = gettext_noop("%(label)s: two have written here. Choose between the texts.")
    OTHER_FORM = gettext_noop("That is a version of another form.")
    NOT_FILLED_IN = gettext_noop("This isn't filled in.")


@dataclass(frozen=True)
class Change:
    """What somebody wrote in one place (endring); `base` is the revision of the answer that they wrote over."""

    path: str
    value: Value
    base: int = 0


@dataclass(frozen=True)
class Standing:
    """What stands in a place now, and who wrote it from which window."""

    value: Value
    revision: int
    by: str
    window: str = ""


@dataclass(frozen=True)
class Saved:
    """What came of saving (lagring): the sheet's revision, what was taken in, and where two met."""

    revision: int
    merged: tuple[str, ...] = ()
    clashes: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True)
class Moved:
    """What a sheet's move to another version changed, as linkIds: questions as before, others, new ones, and gone."""

    same: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sorted:
    """Changes, sorted by what becomes of them."""

    merged: tuple[Change, ...] = ()
    agreed: tuple[str, ...] = ()
    clashes: tuple[Change, ...] = ()


def refuse_write(state: str) -> Refusal | None:
    """Why nothing can be written in a sheet of this state."""
    return {BOUND: Refusal(Why.IS_BOUND), DISCARDED: Refusal(Why.IS_DISCARDED)}.get(state)


def refuse_changes(changes: Iterable[Change]) -> list[Refusal]:
    """Why changes can't be kept at all, whatever the form asks: paths that are none, texts that nothing can keep."""
    found: list[Refusal] = []
    changes = tuple(changes)
    if len(changes) > MOST_AT_ONCE:
        return [Refusal(Why.TOO_MANY)]
    for change in changes:
        if not paths.is_path(change.path):
            found.append(Refusal(Why.NO_PLACE))
            continue
        text = change.value if isinstance(change.value, str) else json.dumps(change.value, ensure_ascii=False)
        if len(text) > LONGEST_VALUE:
            found.append(Refusal(Why.TOO_LONG, {"length": len(text), "longest": LONGEST_VALUE}))
        elif code := next((code for one in _texts(change.value) if (code := unkept_sign(one))), ""):
            found.append(Refusal(Why.BROKEN_TEXT, {"code": code}))
    return found


def _texts(value: Value) -> Iterator[str]:
    """Every text in a value; JSON would write what can't be kept as an escape that looks harmless."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield str(name)
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def sort(changes: Iterable[Change], standing: Mapping[str, Standing], by: str, window: str) -> Sorted:
    """What is taken in, what stands so already, and where somebody else was first.

    A window's own newer text is never in its way: an answer that never reached it is no reason for a clash.
    """
    merged: list[Change] = []
    agreed: list[str] = []
    clashes: list[Change] = []
    for change in changes:
        now = standing.get(change.path)
        if now is None:
            (agreed.append(change.path) if values.is_empty(change.value) else merged.append(change))
        elif same(now.value, change.value):
            agreed.append(change.path)
        elif now.revision <= change.base or (window and (now.by, now.window) == (by, window)):
            merged.append(change)
        else:
            clashes.append(change)
    return Sorted(tuple(merged), tuple(agreed), tuple(clashes))


def same(one: Value, other: Value) -> bool:
    """Whether two answers are the same; nothing and an empty text are, 1 and True are not."""
    if values.is_empty(one) or values.is_empty(other):
        return values.is_empty(one) and values.is_empty(other)
    return type(one) is type(other) and bool(one == other)


def may_be_written(form: Questionnaire, path: str) -> bool:
    """Whether a person may write in a place; what the form has taken away may still be kept there."""
    item = form.by_link_id.get(paths.link_id(path))
    if item is None:
        return True
    return not (item.read_only or item.hidden or item.calculation or item.sums)


def refuse_bind(state: str, evaluation: Evaluation, clashes: Iterable[str]) -> list[Refusal]:
    """Why a sheet can't be bound; empty when it can. `clashes` are the paths where two texts stand."""
    if refusal := refuse_write(state):
        return [refusal]
    found = [Refusal(Why.MISSING, {"label": _label(spot.item)}) for spot in evaluation.missing]
    found += [Refusal(Why.WRONG, {"label": _label(spot.item), "why": spot.problem}) for spot in evaluation.wrong]
    met = sorted(set(clashes))
    found += [
        Refusal(Why.CLASH, {"label": _label(evaluation.spots[path].item) if path in evaluation.spots else path})
        for path in met
    ]
    return found


def _label(item: Item) -> Any:  # noqa: ANN401 a text in several languages, or the linkId
    return item.text or item.link_id


def compare(before: Questionnaire, after: Questionnaire, answered: Iterable[str]) -> Moved:
    """What a new version changes of what has been answered."""
    links = {paths.link_id(path) for path in answered}
    gone = sorted(link for link in links if link not in after.by_link_id or not _places(link, before, after))
    kept = sorted(links & after.by_link_id.keys() - set(gone))
    alike = [link for link in kept if link in before.by_link_id and _shape(before, link) == _shape(after, link)]
    return Moved(
        same=tuple(alike),
        changed=tuple(link for link in kept if link not in alike),
        new=tuple(link for link, item in after.by_link_id.items() if item.asks and link not in before.by_link_id),
        gone=tuple(gone),
    )


def _places(link: str, before: Questionnaire, after: Questionnaire) -> bool:
    """Whether a question's answers stand at the same paths in both versions."""
    old, new = before.by_link_id.get(link), after.by_link_id[link]
    return old is None or (old.above, old.has_rows) == (new.above, new.has_rows)


def _shape(form: Questionnaire, link: str) -> tuple[object, ...]:
    """What of a question makes it the same question."""
    item = form.by_link_id[link]
    options = tuple((option.key, dict(option.text.by_language).items()) for option in item.options)
    return (
        item.kind,
        tuple(sorted(item.text.by_language.items())),
        tuple((key, tuple(sorted(texts))) for key, texts in options),
        item.required,
        item.takes_many,
        (item.limits.least, item.limits.most, item.limits.longest, item.limits.fewest, item.limits.many),
    )
