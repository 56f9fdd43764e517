"""Which groups must be hidden (skjuling av små grupper), so that no small one can be worked out from the others.

A group with fewer than `LEAST` answers is hidden. As the whole is told, one hidden group alone would be what is left
when the others are taken from it; so further groups are hidden with it, the smallest first, until

- at least two groups with answers are hidden, and at least `LEAST` answers together;
- in each level that anybody chose, somebody in the hidden groups did, so that no hidden cell is known to be nothing
  unless the whole says so itself.
"""

from collections.abc import Mapping, Sequence

LEAST = 5

Cells = Mapping[str, Sequence[int]]


def hidden(sizes: Mapping[str, int], cells: Cells, already: frozenset[str] = frozenset()) -> frozenset[str]:
    """The groups to hide. `sizes`: answers in each group; `cells`: of those, how many chose each level.

    `already`: groups that are hidden elsewhere, and so here too: shown here, they would tell what is hidden there.
    """
    chosen = already | {name for name, size in sizes.items() if size < LEAST}
    if not already and not any(sizes[name] for name in chosen):
        return frozenset()
    others = sorted(set(sizes) - chosen, key=lambda name: (sizes[name], name))
    while others and not _is_safe(chosen, sizes, cells):
        chosen |= {others.pop(0)}
    return frozenset(chosen)


def _is_safe(chosen: frozenset[str], sizes: Mapping[str, int], cells: Cells) -> bool:
    """Whether what is left when the shown groups are taken from the whole tells of no group."""
    filled = [name for name in chosen if sizes.get(name)]
    if len(filled) < 2 or sum(sizes[name] for name in filled) < LEAST:
        return False
    whole, together = _sums(cells, list(cells)), _sums(cells, filled)
    return all(some or not every for every, some in zip(whole, together, strict=True))


def _sums(cells: Cells, names: Sequence[str]) -> list[int]:
    """How many in these groups chose each level."""
    levels = max((len(row) for row in cells.values()), default=0)
    return [sum(cells[name][level] for name in names if cells.get(name)) for level in range(levels)]
