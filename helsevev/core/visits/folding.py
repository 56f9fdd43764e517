"""Small counts are told together: what fewer than five did says too much of too few."""

from collections.abc import Mapping

from helsevev.core.visits.counting import OTHER

FEWEST = 5


def folded(counts: Mapping[str, int], fewest: int = FEWEST) -> dict[str, int]:
    """The counts, the highest first, those below `fewest` in one sum under the name of the rest."""
    told = {value: count for value, count in counts.items() if count >= fewest and value != OTHER}
    rest = sum(counts.values()) - sum(told.values())
    ordered = dict(sorted(told.items(), key=lambda one: (-one[1], one[0])))
    return {**ordered, OTHER: rest} if rest else ordered
