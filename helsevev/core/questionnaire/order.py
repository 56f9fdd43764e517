"""The order that a form's items are worked out in: what is asked of others comes after them."""

from collections.abc import Iterable, Iterator, Mapping

from helsevev.core.questionnaire.model import Item


def every(items: Iterable[Item], parent: Item | None = None) -> Iterator[tuple[Item, Item | None]]:
    """Each item with the one it lies in, in the order of the form."""
    waiting: list[tuple[Item, Item | None]] = [(item, parent) for item in items][::-1]
    while waiting:
        item, above = waiting.pop()
        yield item, above
        waiting += [(below, item) for below in reversed(item.items)]


def needs(tree: Iterable[Item]) -> Mapping[str, frozenset[str]]:
    """The linkIds that each item waits for: its parent, those its conditions ask, those its value is made of."""
    found: dict[str, set[str]] = {}
    tree = tuple(tree)
    weighted = [(item, parent) for item, parent in every(tree) if item.has_weights]
    for item, parent in every(tree):
        needed = {condition.question for condition in item.conditions}
        if parent:
            needed.add(parent.link_id)
        if item.calculation:
            needed |= item.calculation.links
        if item.sums:
            scope = parent if item.sums == "group" else None
            inside = {below.link_id for below, _above in every(scope.items)} if scope else None
            needed |= {one.link_id for one, _above in weighted if inside is None or one.link_id in inside}
        found[item.link_id] = needed
    return {link_id: frozenset(needed) for link_id, needed in found.items()}


def sequence(tree: Iterable[Item]) -> tuple[list[str], list[str]]:
    """All linkIds, each after those it waits for; and those that can't be put in order, since they go in a circle."""
    waits = {link_id: set(needed) for link_id, needed in needs(tree).items()}
    asked_by: dict[str, list[str]] = {link_id: [] for link_id in waits}
    for link_id, needed in waits.items():
        for one in needed:
            if one in asked_by:
                asked_by[one].append(link_id)
    ready = [link_id for link_id, needed in waits.items() if not needed & asked_by.keys()]
    done: list[str] = []
    left = {link_id: len(needed & asked_by.keys()) for link_id, needed in waits.items()}
    for link_id in ready:
        done.append(link_id)
        for one in asked_by[link_id]:
            left[one] -= 1
            if not left[one]:
                ready.append(one)
    placed = set(done)
    return done, [link_id for link_id in waits if link_id not in placed]


def circle(tree: Iterable[Item]) -> list[str]:
    """The linkIds of one circle, or none."""
    tree = tuple(tree)
    _done, stuck = sequence(tree)
    if not stuck:
        return []
    waits, among = needs(tree), set(stuck)
    walked: list[str] = []
    here = stuck[0]
    while here not in walked:
        walked.append(here)
        here = min(waits[here] & among)
    return walked[walked.index(here) :]
