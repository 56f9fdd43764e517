"""A case as a tree whose rows go by number or id, so that two versions can be compared and brought together. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ROW_KEYS: Mapping[str, str] = {"municipalities": "number", "patient_groups": "id"}
Path = tuple[str, ...]


class _Missing:
    """Stands for what isn't there; None is a value."""

    def __repr__(self) -> str:
        return "missing"


MISSING = _Missing()


@dataclass(frozen=True)
class Change:
    """One input before and after (endring); a whole row where one was added or taken away."""

    path: Path
    before: Any
    after: Any

    @property
    def place(self) -> str:
        """The path as the core writes it, such as `municipalities[3209].adults`."""
        first, *rest = self.path
        if first in ROW_KEYS and rest:
            row, *rest = rest
            return ".".join([f"{first}[{row}]", *rest])
        return ".".join(self.path)


def keyed(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content with its rows by key; a row without one goes by its place."""
    tree = dict(content)
    for name, key in ROW_KEYS.items():
        rows = content.get(name) or []
        tree[name] = {str(row.get(key) or f"#{at}"): dict(row) for at, row in enumerate(rows)}
    return tree


def listed(tree: Mapping[str, Any]) -> dict[str, Any]:
    """Back to lists."""
    return {name: list(value.values()) if name in ROW_KEYS else value for name, value in tree.items()}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What differs, input by input, in the order of the newer."""
    return list(_differences(keyed(before), keyed(after), ()))


def _differences(before: Mapping[str, Any], after: Mapping[str, Any], path: Path) -> Iterator[Change]:
    for name in dict.fromkeys([*after, *before]):
        old, new = before.get(name, MISSING), after.get(name, MISSING)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from _differences(old, new, (*path, name))
        elif old is MISSING or new is MISSING or old != new:
            yield Change((*path, name), old, new)


def changed(content: Mapping[str, Any], changes: Sequence[Change]) -> dict[str, Any]:
    """The content with these changes made; what isn't there any more is left."""
    tree = _copied(keyed(content))
    for change in changes:
        _set(tree, change.path, change.after)
    return listed(tree)


def taken_back(changes: Sequence[Change]) -> list[Change]:
    """The changes that lead back."""
    return [Change(change.path, change.after, change.before) for change in changes]


def meeting(mine: Sequence[Change], theirs: Sequence[Change]) -> list[Change]:
    """Of mine, those that others have also made, and not to the same."""
    return [one for one in mine if any(_meet(one, other) for other in theirs)]


def _meet(one: Change, other: Change) -> bool:
    """Whether two changes are of the same input, or one of a row and one of something in it."""
    shorter = min(len(one.path), len(other.path))
    if one.path[:shorter] != other.path[:shorter]:
        return False
    return one.path != other.path or one.after != other.after


def _copied(value: Any) -> Any:  # noqa: ANN401 a tree of anything that JSON holds
    if isinstance(value, Mapping):
        return {name: _copied(one) for name, one in value.items()}
    return value


def _set(tree: dict[str, Any], path: Path, value: object) -> None:
    """Put a value in its place, or take it away."""
    *way, last = path
    holder = tree
    for step in way:
        below = holder.get(step)
        if not isinstance(below, dict):
            if value is MISSING:
                return
            below = holder[step] = {}
        holder = below
    if value is MISSING:
        holder.pop(last, None)
    else:
        holder[last] = value
