"""What a builder can do to a form's outline (skjemaoppsett): add, copy, move and remove items. Each gives a new one.

Link ids are stable: an item keeps its own wherever it goes, and one that has been used is never given again, because
answers are known by it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from helsevev.core.questionnaire_building import calculations, conditions, settings, tree
from helsevev.core.questionnaire_building.tree import DEEPEST, MOST_ITEMS, Found, Item, Path, Questionnaire
from helsevev.core.words import Refusal, Refused, gettext_noop

NUMBERED = re.compile(r"q(\d{1,6})")


class Why(StrEnum):
    """Why an item can't be moved or taken out."""

    IS_FIRST = gettext_noop("It stands first already.")
    IS_LAST = gettext_noop("It stands last already.")
    ASKED_FOR = gettext_noop("“%(other)s” has a condition or a calculation that asks for it.")
    CIRCLE = gettext_noop("It can't lie in “%(other)s”, which is asked only when this one has been answered.")


class Way(StrEnum):
    """Where to, from where an item lies."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


def highest(link_ids: Iterable[str]) -> int:
    """The highest number among the link ids that we give."""
    return max((int(found[1]) for one in link_ids if (found := NUMBERED.fullmatch(one))), default=0)


def _fresh(start: int, taken: Iterable[str]) -> Iterator[str]:
    """Link ids that nobody has had: numbers from `start` on."""
    used = set(taken)
    number = max(start, highest(used))
    while True:
        number += 1
        yield f"q{number}"


def bare(kind: str, link_id: str, text: str) -> Item:
    """A new item of a type, with as much as it needs to be read."""
    made: Item = {"linkId": link_id}
    if text:
        made["text"] = text
    made["type"] = kind
    return made


def add(
    questionnaire: Questionnaire,
    kind: str,
    text: str = "",
    *,
    into: str | None = None,
    after: str | None = None,
    used: int = 0,
) -> tuple[dict[str, Any], str]:
    """The questionnaire with a new item last in `into`, or right after another; and its link id.

    `used` is the highest number that the form has given to anything, also to what was taken out again.
    """
    link_id = next(_fresh(used, tree.link_ids(questionnaire)))
    made = put(questionnaire, bare(kind, link_id, text), into=into, after=after)
    return made, link_id


def put(
    questionnaire: Questionnaire, item: Item, *, into: str | None = None, after: str | None = None
) -> dict[str, Any]:
    """The questionnaire with a whole item placed; refused where it has no place."""
    if after is not None:
        found = tree.require(questionnaire, after)
        _refuse_place(questionnaire, item, found.within)
        return tree.replaced(questionnaire, found.path, lambda before: [before, item])
    if into is None:
        _refuse_place(questionnaire, item, ())
        return tree.with_children(questionnaire, [*tree.children(questionnaire), item])
    found = tree.require(questionnaire, into)
    _refuse_place(questionnaire, item, (*found.within, found.item))
    return tree.changed(questionnaire, into, lambda holder: tree.with_children(holder, [*tree.children(holder), item]))


def _refuse_place(questionnaire: Questionnaire, item: Item, within: tuple[Item, ...]) -> None:
    """Refuse what would lie too deep, in a text, or be too much."""
    if within and within[-1].get("type") == "display":
        raise Refused(Refusal(tree.Why.NOT_INTO))
    if len(within) + tree.depth(item) > DEEPEST:
        raise Refused(Refusal(tree.Why.TOO_DEEP, {"most": DEEPEST}))
    if len(tree.link_ids(questionnaire)) + sum(1 for _one in tree.below(item)) > MOST_ITEMS:
        raise Refused(Refusal(tree.Why.TOO_MANY, {"most": MOST_ITEMS}))


def copy(questionnaire: Questionnaire, link_id: str, *, used: int = 0) -> tuple[dict[str, Any], str]:
    """The questionnaire with a copy of an item, all that lies in it too, right after it; and the copy's link id.

    Conditions and calculations among what is copied ask for the copies; others ask for what they asked for.
    """
    found = tree.require(questionnaire, link_id)
    ids = _fresh(used, tree.link_ids(questionnaire))
    renamed = {str(item["linkId"]): next(ids) for item in tree.below(found.item)}
    return put(questionnaire, _renamed(found.item, renamed), after=link_id), renamed[link_id]


def _renamed(item: Item, names: Mapping[str, str]) -> Item:
    """An item and what lies in it under new link ids."""
    made = {**calculations.renamed(item, names), "linkId": names[str(item["linkId"])]}
    if "enableWhen" in item:
        made["enableWhen"] = [
            {**one, "question": names.get(one.get("question"), one.get("question"))} for one in item["enableWhen"]
        ]
    if "item" in item:
        made["item"] = [_renamed(child, names) for child in item["item"]]
    made.pop("id", None)
    return made


def asking_for(questionnaire: Questionnaire, link_id: str) -> list[Found]:
    """The items elsewhere whose conditions or calculations ask for this one, or for something in it."""
    inside = {str(item["linkId"]) for item in tree.below(tree.require(questionnaire, link_id).item)}
    return [
        found
        for found in tree.walk(questionnaire)
        if found.link_id not in inside
        and (
            any(one.question in inside for one in conditions.read(found.item))
            or inside & set(calculations.asks_for(found.item))
        )
    ]


def remove(questionnaire: Questionnaire, link_id: str, *, with_conditions: bool = False) -> dict[str, Any]:
    """The questionnaire without an item and what lies in it.

    Refused while others ask for it, unless their conditions (and calculations) go too.
    """
    found = tree.require(questionnaire, link_id)
    asking = asking_for(questionnaire, link_id)
    if asking and not with_conditions:
        raise Refused(*(Refusal(Why.ASKED_FOR, {"other": conditions.short(one.item)}) for one in asking))
    inside = {str(item["linkId"]) for item in tree.below(found.item)}
    made = tree.replaced(questionnaire, found.path, lambda _item: [])
    for one in asking:
        made = tree.changed(made, one.link_id, lambda item: _without_asking(item, inside))
    return made


def _without_asking(item: Item, gone: set[str]) -> Item:
    """An item that asks for none of these any more."""
    kept = conditions.without_asking(item, gone)
    return calculations.without(kept) if gone & set(calculations.asks_for(kept)) else kept


def move(questionnaire: Questionnaire, link_id: str, way: Way) -> dict[str, Any]:
    """The questionnaire with an item one place on: past its neighbour, into the group before it, or out of its own."""
    found = tree.require(questionnaire, link_id)
    siblings = [one for one in _siblings(questionnaire, found.path) if not settings.is_help(one)]
    number = next((at for at, one in enumerate(siblings) if one is found.item), 0)
    if way in (Way.UP, Way.DOWN):
        other = number - 1 if way is Way.UP else number + 1
        if not 0 <= other < len(siblings):
            raise Refused(Refusal(Why.IS_FIRST if way is Way.UP else Why.IS_LAST))
        beside = str(siblings[other]["linkId"])
        return (
            move_to(questionnaire, link_id, before=beside)
            if way is Way.UP
            else move_to(questionnaire, link_id, after=beside)
        )
    if way is Way.IN:
        into = group_before(siblings, number)
        if into is None:
            raise Refused(Refusal(tree.Why.NOT_INTO))
        return move_to(questionnaire, link_id, into=str(into["linkId"]))
    if found.parent is None:
        raise Refused(Refusal(Why.IS_LAST))
    return move_to(questionnaire, link_id, after=found.parent)


def _siblings(questionnaire: Questionnaire, path: Path) -> list[Item]:
    """The items among which the one at `path` stands."""
    holder: Mapping[str, Any] = questionnaire
    for number in path[:-1]:
        holder = tree.children(holder)[number]
    return list(tree.children(holder))


def group_before(siblings: list[Item], number: int) -> Item | None:
    """The group that stands right before an item, into which it can be moved."""
    before = siblings[number - 1] if number else None
    return before if before is not None and before.get("type") == "group" else None


def move_to(
    questionnaire: Questionnaire,
    link_id: str,
    *,
    before: str | None = None,
    after: str | None = None,
    into: str | None = None,
) -> dict[str, Any]:
    """The questionnaire with an item moved before or after another, or last into a group (none named: of the form)."""
    item = tree.require(questionnaire, link_id).item
    inside = {str(one["linkId"]) for one in tree.below(item)}
    if {before, after, into} & inside:
        raise Refused(Refusal(tree.Why.INTO_ITSELF))
    _refuse_circle(questionnaire, inside, before or after, into)
    rest = remove_alone(questionnaire, link_id)
    if before is None:
        return put(rest, item, into=into, after=after)
    found = tree.require(rest, before)
    _refuse_place(rest, item, found.within)
    return tree.replaced(rest, found.path, lambda one: [item, one])


def remove_alone(questionnaire: Questionnaire, link_id: str) -> dict[str, Any]:
    """The questionnaire without an item, whoever asks for it; for putting it elsewhere."""
    return tree.replaced(questionnaire, tree.require(questionnaire, link_id).path, lambda _item: [])


def _refuse_circle(questionnaire: Questionnaire, inside: set[str], beside: str | None, into: str | None) -> None:
    """Refuse a place in something that is asked only when what moves has been answered."""
    holder = into if into is not None else tree.require(questionnaire, beside).parent if beside else None
    if holder is None:
        return
    outer = conditions.reach(questionnaire, holder)
    if outer & inside and not _was_inside(questionnaire, inside, holder):
        name = conditions.short(tree.require(questionnaire, holder).item)
        raise Refused(Refusal(Why.CIRCLE, {"other": name}))


def _was_inside(questionnaire: Questionnaire, inside: set[str], holder: str) -> bool:
    """Whether all that moves lies in the holder already."""
    found = tree.require(questionnaire, holder)
    return inside <= {str(one["linkId"]) for one in tree.below(found.item)} - {holder}
