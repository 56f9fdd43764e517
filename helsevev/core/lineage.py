"""Where initiatives come from (opphav): no one is its own ancestor, and a family has generations.

An initiative continues, spreads or adapts another: those edges point from child to parent and never run in a
circle. `same_model_as` joins two that share name and model while adoption isn't stated: kin, not descent.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How an initiative stands to another (slektskap)."""

    CONTINUES = "continues"
    SPREADS = "spreads"
    ADAPTS = "adapts"
    SAME_MODEL_AS = "same_model_as"


DESCENT: frozenset[Kind] = frozenset({Kind.CONTINUES, Kind.SPREADS, Kind.ADAPTS})


@dataclass(frozen=True, order=True)
class Edge:
    """One initiative stands to another: the child to its parent."""

    child: str
    parent: str
    kind: Kind


def _parents(edges: Iterable[Edge]) -> dict[str, list[str]]:
    """Each child's parents by descent."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for edge in edges:
        if edge.kind in DESCENT:
            found[edge.child].append(edge.parent)
    return dict(found)


def _way(parents: Mapping[str, Sequence[str]], start: str, goal: str) -> tuple[str, ...] | None:
    """The way from `start` up to `goal`, both named; None where there is none."""
    came_from: dict[str, str] = {start: ""}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            way = [here]
            while came_from[way[-1]]:
                way.append(came_from[way[-1]])
            return tuple(reversed(way))
        for parent in parents.get(here, ()):
            if parent not in came_from:
                came_from[parent] = here
                waiting.append(parent)
    return None


def would_cycle(edges: Iterable[Edge], new: Edge) -> tuple[str, ...] | None:
    """The circle that `new` would close, from its child round to its child again; None when it is sound."""
    if new.child == new.parent:
        return (new.child, new.child)
    if new.kind not in DESCENT:
        return None
    way = _way(_parents(edges), new.parent, new.child)
    return (new.child, *way) if way else None


def cycles(edges: Iterable[Edge]) -> list[tuple[str, ...]]:
    """Circles of descent, each once, beginning and ending with its first member in alphabetical order."""
    parents = _parents(edges)
    finished: set[str] = set()
    found: set[tuple[str, ...]] = set()
    for start in sorted(parents):
        found.update(_circles_from(start, parents, finished))
    return sorted(found)


def _circles_from(start: str, parents: Mapping[str, Sequence[str]], finished: set[str]) -> Iterable[tuple[str, ...]]:
    """Circles met on a walk upwards from `start`; what is finished isn't walked again."""
    way: dict[str, None] = {}
    stack: list[tuple[str, int]] = [(start, 0)]
    while stack:
        here, turn = stack.pop()
        if turn == 0 and here in finished:
            continue
        if turn == 0 and here in way:
            steps = list(way)
            yield _turned(steps[steps.index(here) :])
            continue
        way[here] = None
        above = parents.get(here, ())
        if turn < len(above):
            stack += [(here, turn + 1), (above[turn], 0)]
        else:
            finished.add(here)
            del way[here]


def _turned(circle: Sequence[str]) -> tuple[str, ...]:
    """A circle that begins and ends with its first member in alphabetical order."""
    first = circle.index(min(circle))
    return (*circle[first:], *circle[:first], circle[first])


@dataclass(frozen=True)
class Family:
    """All kin of one initiative (slektstre): each with its generation, 0 the oldest, and the edges between them."""

    generations: Mapping[str, int]
    edges: tuple[Edge, ...]

    @property
    def members(self) -> tuple[str, ...]:
        """The members, oldest generation first."""
        return tuple(sorted(self.generations, key=lambda key: (self.generations[key], key)))


def family(edges: Iterable[Edge], key: str) -> Family:
    """Everyone joined with `key` by any edge, however far; a lone initiative is a family of one."""
    every = sorted(set(edges))
    kin = _joined(every, key)
    own = tuple(edge for edge in every if edge.child in kin)
    return Family(_generations(own, kin), own)


def _joined(edges: Iterable[Edge], key: str) -> frozenset[str]:
    """Everyone reached from `key` along edges in either direction."""
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for edge in edges:
        beside[edge.child].add(edge.parent)
        beside[edge.parent].add(edge.child)
    reached, waiting = {key}, [key]
    while waiting:
        new = beside[waiting.pop()] - reached
        reached |= new
        waiting += new
    return frozenset(reached)


def _generations(edges: Sequence[Edge], members: frozenset[str]) -> dict[str, int]:
    """A child stands one generation below its youngest parent; twins in name and model stand side by side.

    Where twins also descend from one another they can't stand side by side, and descent alone decides.
    """
    descent = [edge for edge in edges if edge.kind in DESCENT]
    standing = _side_by_side((edge for edge in edges if edge.kind not in DESCENT), members)
    depth = _depths(descent, standing)
    if depth is None:
        standing = {member: member for member in members}
        depth = _depths(descent, standing) or dict.fromkeys(members, 0)
    return {member: depth[standing[member]] for member in members}


def _side_by_side(twins: Iterable[Edge], members: frozenset[str]) -> dict[str, str]:
    """For each member the one that speaks for all its twins."""
    standing = {member: member for member in members}
    for edge in twins:
        one, other = standing[edge.child], standing[edge.parent]
        standing = {member: one if speaker == other else speaker for member, speaker in standing.items()}
    return standing


def _depths(descent: Sequence[Edge], standing: Mapping[str, str]) -> dict[str, int] | None:
    """The longest way down to each speaker; None when the ways run in a circle."""
    below: defaultdict[str, list[str]] = defaultdict(list)
    unplaced_parents = dict.fromkeys(standing.values(), 0)
    for edge in descent:
        below[standing[edge.parent]].append(standing[edge.child])
        unplaced_parents[standing[edge.child]] += 1
    depth = dict.fromkeys(unplaced_parents, 0)
    ready = [speaker for speaker, count in unplaced_parents.items() if not count]
    placed = 0
    while ready:
        here = ready.pop()
        placed += 1
        for child in below[here]:
            depth[child] = max(depth[child], depth[here] + 1)
            unplaced_parents[child] -= 1
            if not unplaced_parents[child]:
                ready.append(child)
    return depth if placed == len(depth) else None


def ancestors(edges: Iterable[Edge], key: str) -> frozenset[str]:
    """Everyone that `key` descends from."""
    return _reached(_parents(edges), key)


def descendants(edges: Iterable[Edge], key: str) -> frozenset[str]:
    """Everyone that descends from `key`."""
    below: defaultdict[str, list[str]] = defaultdict(list)
    for edge in edges:
        if edge.kind in DESCENT:
            below[edge.parent].append(edge.child)
    return _reached(below, key)


def _reached(beside: Mapping[str, Sequence[str]], start: str) -> frozenset[str]:
    """Everyone reached from `start`, itself apart."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        new = set(beside.get(waiting.pop(), ())) - reached
        reached |= new
        waiting += new
    return frozenset(reached - {start})


def eldest(edges: Iterable[Edge]) -> dict[str, str]:
    """For everyone with kin, the eldest of their family: one who descends from nobody, and is named as kin by others.

    Of several such the first by name.
    """
    every = list(edges)
    standing: dict[str, str] = {}
    for edge in every:
        one, other = _speaker(standing, edge.child), _speaker(standing, edge.parent)
        standing[one] = other
    descending = {edge.child for edge in every if edge.kind in DESCENT}
    pointing = {edge.child for edge in every}
    families: defaultdict[str, list[str]] = defaultdict(list)
    for member in {key for edge in every for key in (edge.child, edge.parent)}:
        families[_speaker(standing, member)].append(member)
    return {
        member: min(members, key=lambda key: (key in descending, key in pointing, key))
        for members in families.values()
        for member in members
    }


def _speaker(standing: dict[str, str], member: str) -> str:
    """Who speaks for the family that `member` is in so far; ways already walked are shortened."""
    way = []
    while standing.get(member, member) != member:
        way.append(member)
        member = standing[member]
    for passed in way:
        standing[passed] = member
    return member
