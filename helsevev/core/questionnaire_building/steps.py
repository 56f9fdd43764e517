"""One step of building (steg): what changed between two questionnaires, small enough to keep, and its way back.

Two people build at once, so a step names items by their link ids and not by their numbers, and can be taken back when
what it touched stands as it left it, whatever has happened elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helsevev.core.questionnaire_building.tree import JSON

Key = str | int
Way = tuple[Key, ...]


@dataclass(frozen=True)
class Step:
    """The smallest part that holds all that changed: where it lies, and what stood and stands there.

    A key that wasn't there before, or isn't after, is told apart from a key with an empty value. Where an item came
    or went, `following` is the link id of the one after it (None: it was the last).
    """

    way: Way
    before: JSON = None
    after: JSON = None
    was_there: bool = True
    is_there: bool = True
    following: str | None = None

    @property
    def reverse(self) -> "Step":
        """The step back."""
        return Step(self.way, self.after, self.before, self.is_there, self.was_there, self.following)

    @property
    def is_nothing(self) -> bool:
        """Whether nothing changed."""
        return self.was_there == self.is_there and same(self.before, self.after)


def between(before: JSON, after: JSON) -> Step:
    """The step that leads from one to the other."""
    way: list[Key] = []
    while (key := _only_difference(before, after)) is not None:
        if isinstance(before, Mapping) and not (key in before and key in after):
            return Step((*way, key), before.get(key), after.get(key), key in before, key in after)
        way.append(key)
        before, after = _at(before, key), _at(after, key)
    return _came_or_went(tuple(way), before, after) or Step(tuple(way), before, after)


def _only_difference(before: JSON, after: JSON) -> Key | None:
    """The one place in which two differ; None when they are the same, differ in several, or can't be looked into."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        keys = [*before, *(key for key in after if key not in before)]
        different = [key for key in keys if key not in before or key not in after or not same(before[key], after[key])]
        return different[0] if len(different) == 1 else None
    if isinstance(before, list) and isinstance(after, list):
        ids, ids_after = _ids(before), _ids(after)
        if len(before) != len(after) or ids != ids_after:
            return None
        found = [at for at, pair in enumerate(zip(before, after, strict=True)) if not same(*pair)]
        if len(found) == 1:
            return ids[found[0]] if ids else found[0]
    return None


def _ids(values: Sequence[Any]) -> list[str] | None:
    """The link ids of a list of items; None when it isn't one, or when they don't tell its items apart."""
    ids = [value.get("linkId") if isinstance(value, Mapping) else None for value in values]
    if not ids or None in ids or len(set(ids)) < len(ids):
        return None
    return [str(one) for one in ids]


def _came_or_went(way: Way, before: JSON, after: JSON) -> Step | None:
    """The step by which one item came into a list or went out of it; None when it was something else."""
    if not (isinstance(before, list) and isinstance(after, list) and abs(len(before) - len(after)) == 1):
        return None
    came = len(after) > len(before)
    longer, shorter = (after, before) if came else (before, after)
    ids = _ids(longer)
    at = next((at for at, pair in enumerate(zip(longer, shorter, strict=False)) if not same(*pair)), len(shorter))
    if ids is None or not same([*longer[:at], *longer[at + 1 :]], shorter):
        return None
    following = ids[at + 1] if at + 1 < len(ids) else None
    value = longer[at]
    if came:
        return Step((*way, ids[at]), None, value, was_there=False, following=following)
    return Step((*way, ids[at]), value, None, is_there=False, following=following)


def same(before: JSON, after: JSON) -> bool:
    """Whether two are the same in JSON, where true isn't 1; what is one object needn't be looked into."""
    if before is after:
        return True
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return before.keys() == after.keys() and all(same(before[key], after[key]) for key in before)
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(same(*pair) for pair in zip(before, after, strict=True))
    return type(before) is type(after) and bool(before == after)


class _Absent(LookupError):
    """The way leads nowhere any more."""


def _number(values: Sequence[Any], key: Key) -> int:
    """Where in a list the key lies: an item by its link id, anything else by its number."""
    if isinstance(key, int):
        if key < len(values):
            return key
        raise _Absent
    for number, value in enumerate(values):
        if isinstance(value, Mapping) and value.get("linkId") == key:
            return number
    raise _Absent


def _at(value: JSON, key: Key) -> JSON:
    if isinstance(value, list):
        return value[_number(value, key)]
    if isinstance(value, Mapping) and key in value:
        return value[key]
    raise _Absent


def fits(step: Step, questionnaire: JSON) -> bool:
    """Whether what the step found still stands there, so that taking it undoes nobody else's work."""
    holder = questionnaire
    try:
        for key in step.way[:-1]:
            holder = _at(holder, key)
    except _Absent:
        return False
    if not step.way:
        return same(holder, step.before)
    try:
        value = _at(holder, step.way[-1])
    except _Absent:
        return not step.was_there and _has_place(step, holder)
    return step.was_there and same(value, step.before)


def _has_place(step: Step, holder: JSON) -> bool:
    """Whether what comes has somewhere to come to: an object, or a list in which the following item still stands."""
    if isinstance(holder, list):
        return step.following is None or any(value.get("linkId") == step.following for value in holder)
    return isinstance(holder, Mapping)


def taken(step: Step, questionnaire: JSON) -> JSON:
    """The questionnaire after the step; whoever calls has asked `fits`."""
    return _taken(questionnaire, step.way, step) if step.way else step.after


def _taken(value: JSON, way: Way, step: Step) -> JSON:
    key, rest = way[0], way[1:]
    if isinstance(value, list):
        return _taken_in_list(value, key, rest, step)
    made = dict(value)
    if rest:
        made[str(key)] = _taken(value[key], rest, step)
    elif step.is_there:
        made[str(key)] = step.after
    else:
        del made[str(key)]
    return made


def _taken_in_list(values: list[Any], key: Key, rest: Way, step: Step) -> list[Any]:
    made = list(values)
    if not rest and not step.was_there:
        at = len(made) if step.following is None else _number(made, step.following)
        made.insert(at, step.after)
        return made
    at = _number(made, key)
    if rest:
        made[at] = _taken(made[at], rest, step)
    elif step.is_there:
        made[at] = step.after
    else:
        del made[at]
    return made


def to_json(step: Step) -> dict[str, Any]:
    """The step as it is kept."""
    kept: dict[str, Any] = {"way": list(step.way)}
    if step.was_there:
        kept["before"] = step.before
    if step.is_there:
        kept["after"] = step.after
    if step.following is not None:
        kept["following"] = step.following
    return kept


def from_json(kept: Mapping[str, Any]) -> Step:
    """The step as it was kept."""
    return Step(
        tuple(kept["way"]),
        kept.get("before"),
        kept.get("after"),
        "before" in kept,
        "after" in kept,
        kept.get("following"),
    )
