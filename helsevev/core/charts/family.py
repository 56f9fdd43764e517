"""A family of projects: generations from left to right, or, narrow or deep, a list that steps inwards."""

from collections.abc import Mapping, Sequence

from helsevev.core.charts.bars import NARROW_BELOW
from helsevev.core.charts.kinds import Bond, Family, Member, generations
from helsevev.core.charts.letters import wrap
from helsevev.core.charts.marks import Box, Curve, Dot, Drawing, Mark, Rule, Tone, Words, s_curve

_SIZE, _LEADING, _SMALL = 15.0, 19.0, 13.0
_GAP, _BETWEEN, _WIDEST, _NARROWEST = 64.0, 14.0, 330.0, 150.0
_DASHES = ((), (7, 4), (10, 4, 2, 4), (2, 4))


def lay_family(chart: Family, width: float) -> Drawing:
    """Whichever of the two ways has room."""
    count = max(generations(chart).values()) + 1
    box = min((width - (count - 1) * _GAP) / count, _WIDEST)
    if width < NARROW_BELOW or box < _NARROWEST:
        return _list(chart, width)
    return _columns(chart, width, box)


def _dash(chart: Family, kind: str) -> tuple[int, ...]:
    """Each kind of tie has its own line, in the order that the chart names them."""
    return _DASHES[list(chart.bonds_said).index(kind) % len(_DASHES)]


def _first_bonds(chart: Family) -> dict[str, Bond]:
    """The tie that places a child: that to its youngest generation of parents, the first of them."""
    depth = generations(chart)
    found: dict[str, Bond] = {}
    for bond in chart.bonds:
        held = found.get(bond.child)
        if held is None or depth[bond.parent] > depth[held.parent]:
            found[bond.child] = bond
    return found


def _children(chart: Family) -> dict[str, list[str]]:
    """Who stands under whom, oldest first; under "" those without parents."""
    placed = _first_bonds(chart)
    found: dict[str, list[str]] = {}
    for member in chart.members:
        parent = placed[member.key].parent if member.key in placed else ""
        found.setdefault(parent, []).append(member.key)
    return found


def _columns(chart: Family, width: float, box: float) -> Drawing:
    """A box each; a parent stands in the middle of its children."""
    written = {member.key: _lines(member, box - 28) for member in chart.members}
    tall = {key: 22 + len(title) * _LEADING + len(detail) * 17 for key, (title, detail) in written.items()}
    middles = _middles(_children(chart), tall)
    depth = generations(chart)
    left = {key: depth[key] * (box + _GAP) for key in depth}
    marks: list[Mark] = []
    for bond in chart.bonds:
        ends = (left[bond.parent] + box, middles[bond.parent], left[bond.child], middles[bond.child])
        marks.append(Curve(s_curve(*ends), "muted", 2, _dash(chart, bond.kind)))
        if not bond.mutual:
            marks.append(Dot(left[bond.child] - 4, middles[bond.child], 9, "muted", "triangle-right"))
    for member in chart.members:
        top = middles[member.key] - tall[member.key] / 2
        marks += _boxed(member, written[member.key], Box(left[member.key], top, box, tall[member.key], "tint", round=6))
    bottom = max(middles[key] + tall[key] / 2 for key in middles)
    legend, end = _legend(chart, bottom + 22, width)
    return Drawing(width, end, (*marks, *legend))


def _lines(member: Member, room: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A member's title and what is known of it, as lines."""
    title = wrap(member.title, room, _SIZE, most=4, strong=member.here)
    return title, wrap(member.detail, room, _SMALL, most=2) if member.detail else ()


def _middles(children: Mapping[str, Sequence[str]], tall: Mapping[str, float]) -> dict[str, float]:
    """Each box's middle, so that no two in a column touch: children are laid out in the room of their parent."""
    order = _downwards(children)
    room = dict(tall)
    for key, _ in reversed(order):
        below = children.get(key, ())
        room[key] = max(tall[key], sum(room[child] for child in below) + _BETWEEN * max(len(below) - 1, 0))
    tops: dict[str, float] = {}
    top = 0.0
    for root in children[""]:
        tops[root] = top
        top += room[root] + _BETWEEN
    for key, _ in order:
        below = children.get(key, ())
        used = sum(room[child] for child in below) + _BETWEEN * max(len(below) - 1, 0)
        top = tops[key] + (room[key] - used) / 2
        for child in below:
            tops[child] = top
            top += room[child] + _BETWEEN
    return {key: tops[key] + room[key] / 2 for key in tops}


def _downwards(children: Mapping[str, Sequence[str]]) -> list[tuple[str, int]]:
    """Everyone after their parent, with how deep they stand."""
    waiting = [(root, 0) for root in reversed(children[""])]
    order: list[tuple[str, int]] = []
    while waiting:
        key, depth = waiting.pop()
        order.append((key, depth))
        waiting += [(child, depth + 1) for child in reversed(children.get(key, ()))]
    return order


def _boxed(member: Member, lines: tuple[tuple[str, ...], tuple[str, ...]], box: Box) -> list[Mark]:
    """A member's box; the one whose page it is has a strong edge to the left and strong words."""
    title, detail = lines
    marks: list[Mark] = [box]
    if member.here:
        marks.append(Box(box.x, box.y, 6, box.height, "accent", round=0))
    marks.append(Words(box.x + 16, box.y + 25, title, strong=member.here))
    if detail:
        marks.append(Words(box.x + 16, box.y + 25 + len(title) * _LEADING, detail, _SMALL, tone="muted"))
    return marks


def _list(chart: Family, width: float) -> Drawing:
    """A line each, stepped inwards under its parent, with the tie drawn down and in."""
    bonds, children = _first_bonds(chart), _children(chart)
    order = _downwards(children)
    step = min(26.0, width * 0.4 / max(1, *(depth for _, depth in order)))
    members = {member.key: member for member in chart.members}
    marks: list[Mark] = []
    points: dict[str, tuple[float, float]] = {}
    top = 0.0
    for key, depth in order:
        x = depth * step + 10
        title, detail = _lines(members[key], width - x - 20)
        points[key] = (x, top + 10)
        marks += _ties(chart, key, bonds.get(key), points)
        marks.append(Words(x + 20, top + 15, title, strong=members[key].here))
        if detail:
            marks.append(Words(x + 20, top + 15 + len(title) * _LEADING, detail, _SMALL, tone="muted"))
        top += len(title) * _LEADING + len(detail) * 17 + 16
    dots = [mark for key, _ in order for mark in _knot(members[key], points[key])]
    legend, end = _legend(chart, top + 8, width)
    return Drawing(width, end, (*marks, *dots, *legend))


def _ties(chart: Family, key: str, bond: Bond | None, points: Mapping[str, tuple[float, float]]) -> list[Mark]:
    """From the parent's point down and in to the child's."""
    if bond is None:
        return []
    (x, y), (x2, y2) = points[bond.parent], points[key]
    dash = _dash(chart, bond.kind)
    return [Rule(x, y, x, y2, "muted", 2, dash), Rule(x, y2, x2, y2, "muted", 2, dash)]


def _knot(member: Member, point: tuple[float, float]) -> list[Mark]:
    """A member's point: large and full for the one whose page it is."""
    tone: Tone = "accent" if member.here else "muted"
    return [Dot(*point, 20, "paper"), Dot(*point, 15 if member.here else 11, tone)]


def _legend(chart: Family, top: float, width: float) -> tuple[list[Mark], float]:
    """What each kind of line means, for those that are there; and where the sheet ends."""
    marks: list[Mark] = []
    for kind in [kind for kind in chart.bonds_said if any(bond.kind == kind for bond in chart.bonds)]:
        lines = wrap(chart.bonds_said[kind], width - 54, _SMALL)
        marks.append(Rule(0, top + 8, 40, top + 8, "muted", 2, _dash(chart, kind)))
        marks.append(Words(54, top + 13, lines, _SMALL, tone="muted"))
        top += len(lines) * 17 + 8
    return marks, top
