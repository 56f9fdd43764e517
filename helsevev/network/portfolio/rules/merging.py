"""What a change does to a project's fields: difference, merge, undo and the meeting of two editors. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from helsevev.core.words import Refusal, gettext_noop
from helsevev.network.portfolio.rules.fields import EMPTY, FIELDS, Fields, stated

CHANGED_SINCE = gettext_noop("Changed since, so it can't be undone alone: %(fields)s")
FIRST_VERSION = gettext_noop("The first version can't be undone. Withdraw the project instead.")
EDITED_MEANWHILE = gettext_noop("Someone else has changed this meanwhile: %(fields)s")

Changes = dict[str, dict[str, Any]]


def diff(before: Mapping[str, Any], after: Mapping[str, Any]) -> Changes:
    """Each field that differs, with its value before and after, in the order of the fields."""
    return {
        name: {"before": before[name], "after": after[name]} for name in FIELDS if not same(before[name], after[name])
    }


def differs(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The fields of `before` that are different afterwards."""
    return [name for name in FIELDS if name in before and not same(before[name], after[name])]


def same(one: object, other: object) -> bool:
    """Whether two values are the same. Unlike in Python 1 and True are not; 1 and 1.0 are, as in some databases."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(*pair) for pair in zip(one, other, strict=True))
    return isinstance(one, bool) is isinstance(other, bool) and one == other


def apply(before: Mapping[str, Any], changes: Mapping[str, Mapping[str, Any]]) -> Fields:
    """The fields after the changes."""
    return {**before, **{name: change["after"] for name, change in changes.items()}}


@dataclass(frozen=True)
class Merge:
    """What comes of laying a file's row over what stands (fletting)."""

    after: Fields
    kept: list[str]
    agreed: list[str]


def merge(
    before: Mapping[str, Any], incoming: Mapping[str, Any], edited: Collection[str], *, overrule: bool = False
) -> Merge:
    """Lay a row over what stands. A field that isn't in the row is left.

    What a person has edited since the last load is kept, and told, until the file agrees. `overrule` is for a
    person's own import: what it states counts, and what it doesn't state never erases what a person has entered.
    """
    after, kept, agreed = dict(before), [], []
    for name, value in incoming.items():
        new = EMPTY[name] if value is None else value
        if same(new, before[name]):
            agreed += [name] if name in edited else []
        elif name in edited and not (overrule and stated(name, new)):
            kept.append(name)
        else:
            after[name] = new
    return Merge(after, kept, agreed)


def entered(fields: Mapping[str, Any]) -> list[str]:
    """The fields that say something."""
    return [name for name in FIELDS if stated(name, fields[name]) and not same(fields[name], EMPTY[name])]


def undoing(current: Mapping[str, Any], changes: Mapping[str, Mapping[str, Any]]) -> tuple[Fields, list[str]]:
    """The fields with one change taken back, and the fields where something newer stands in the way."""
    in_the_way = [name for name, change in changes.items() if not same(current[name], change["after"])]
    return {**current, **{name: change["before"] for name, change in changes.items()}}, in_the_way


def meeting(mine: Iterable[str], theirs: Iterable[Mapping[str, Any]]) -> list[str]:
    """The fields that both I and the revisions since I began have changed, in the order of the fields."""
    changed = {name for changes in theirs for name in changes}
    wanted = set(mine)
    return [name for name in FIELDS if name in changed & wanted]


def refusal(why: str, fields: Iterable[str]) -> Refusal:
    """A refusal that names fields by their labels in the source language."""
    return Refusal(why, {"fields": ", ".join(FIELDS[name].label for name in fields), "names": tuple(fields)})
