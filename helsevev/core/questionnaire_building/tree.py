"""A questionnaire's items as a tree (skjematre): finding them, and a new tree with one of them changed.

Nothing is changed in place: each function that changes gives a new questionnaire that shares what is the same.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from helsevev.core.words import Refusal, Refused, gettext_noop

# What a JSON file may hold; each function looks at the part that it knows.
JSON = Any
Questionnaire = Mapping[str, Any]
Item = dict[str, Any]
# The way to an item: its number among the first, then among its parent's own, and so on.
Path = tuple[int, ...]


class Why(StrEnum):
    """Why an item can't be found or placed."""

    GONE = gettext_noop("The question is no longer in the form.")
    NOT_INTO = gettext_noop("Questions can lie in a group or below a question, not below a text.")
    INTO_ITSELF = gettext_noop("A group can't be moved into itself.")
    TOO_DEEP = gettext_noop("Groups can't lie more than %(most)s deep in one another.")
    TOO_MANY = gettext_noop("A form can't have more than %(most)s questions.")


DEEPEST = 6
MOST_ITEMS = 1_000


@dataclass(frozen=True)
class Found:
    """An item, where it lies, and what it lies in (from the outermost)."""

    path: Path
    item: Item
    within: tuple[Item, ...]

    @property
    def link_id(self) -> str:
        """What its answers are known by (linkId)."""
        return str(self.item["linkId"])

    @property
    def parent(self) -> str | None:
        """The link id of what it lies in; None for the outermost."""
        return str(self.within[-1]["linkId"]) if self.within else None


def children(holder: Mapping[str, Any]) -> Sequence[Item]:
    """The items right below a questionnaire or an item."""
    found: Sequence[Item] = holder.get("item") or ()
    return found


def walk(questionnaire: Questionnaire) -> Iterator[Found]:
    """Every item in the order in which it is read."""
    yield from _walk(questionnaire, (), ())


def _walk(holder: Mapping[str, Any], path: Path, within: tuple[Item, ...]) -> Iterator[Found]:
    for number, item in enumerate(children(holder)):
        yield Found((*path, number), item, within)
        yield from _walk(item, (*path, number), (*within, item))


def below(item: Item) -> Iterator[Item]:
    """The item itself and everything that lies in it."""
    yield item
    for child in children(item):
        yield from below(child)


def link_ids(questionnaire: Questionnaire) -> list[str]:
    """The link ids in reading order."""
    return [found.link_id for found in walk(questionnaire)]


def find(questionnaire: Questionnaire, link_id: str) -> Found | None:
    """The item with this link id."""
    return next((found for found in walk(questionnaire) if found.link_id == link_id), None)


def require(questionnaire: Questionnaire, link_id: str) -> Found:
    """The item with this link id, or a refusal when somebody has taken it out."""
    found = find(questionnaire, link_id)
    if found is None:
        raise Refused(Refusal(Why.GONE))
    return found


def with_children(holder: Mapping[str, Any], items: Sequence[Item]) -> dict[str, Any]:
    """The holder with these items below it; an empty list leaves no key behind, as the standard wants it."""
    made = {key: value for key, value in holder.items() if key != "item"}
    if items or "resourceType" in holder:
        made["item"] = list(items)
    return made


def replaced(questionnaire: Questionnaire, path: Path, change: Callable[[Item], Sequence[Item]]) -> dict[str, Any]:
    """The questionnaire with the item at `path` replaced by what `change` makes of it: none, one or several."""
    return _replaced(questionnaire, path, change)


def _replaced(holder: Mapping[str, Any], path: Path, change: Callable[[Item], Sequence[Item]]) -> dict[str, Any]:
    items = list(children(holder))
    number, rest = path[0], path[1:]
    items[number : number + 1] = [_replaced(items[number], rest, change)] if rest else change(items[number])
    made = dict(holder)
    if items or "resourceType" in holder:
        made["item"] = items
    else:
        made.pop("item", None)
    return made


def changed(questionnaire: Questionnaire, link_id: str, change: Callable[[Item], Item]) -> dict[str, Any]:
    """The questionnaire with one item changed."""
    return replaced(questionnaire, require(questionnaire, link_id).path, lambda item: [change(item)])


def depth(item: Item) -> int:
    """How many storeys an item has, itself counted; texts to read lie in the storey of what they explain."""
    return 1 + max((depth(child) for child in children(item) if child.get("type") != "display"), default=0)
