"""How alike two things are (likhet), told from the properties that they share. Pure.

Each property has a weight by its name. Where rarer counts more, the weight is scaled by how few hold the value:
to share a theme with two of a thousand says more than to share a region with three hundred.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log


@dataclass(frozen=True)
class Weight:
    """What sharing one property is worth, and whether a rare value is worth more than a common one."""

    points: float
    rarer_counts_more: bool = True


@dataclass(frozen=True)
class Trait:
    """A property's name and value (trekk), and how many hold it, which makes it no other property."""

    name: str
    value: str
    holders: int = field(default=1, compare=False)


@dataclass(frozen=True)
class Similar:
    """One that is alike (lignende), with the shared properties as reasons, the weightiest first."""

    key: str
    score: float
    reasons: tuple[tuple[str, str], ...]


def rarity(holders: int, everyone: int) -> float:
    """From 1 (one alone holds it) towards 0 (very many do); never 0, and never more than 1."""
    everyone = max(everyone, 1)
    holders = min(max(holders, 1), everyone)
    return log(1 + everyone / holders) / log(1 + everyone)


def worth(trait: Trait, weights: Mapping[str, Weight], everyone: int) -> float:
    """What sharing `trait` is worth among `everyone`; a name without a weight is worth nothing."""
    weight = weights.get(trait.name)
    if weight is None:
        return 0.0
    return weight.points * (rarity(trait.holders, everyone) if weight.rarer_counts_more else 1.0)


def rank(shared: Mapping[str, Iterable[Trait]], weights: Mapping[str, Weight], everyone: int) -> list[Similar]:
    """Those that share something of worth, the most alike first; equals stand by key, so the order is stable."""
    found = []
    for key, traits in shared.items():
        worths = {trait: worth(trait, weights, everyone) for trait in set(traits)}
        reasons = sorted((t for t in worths if worths[t] > 0), key=lambda t: (-worths[t], t.name, t.value))
        if reasons:
            score = round(sum(worths[t] for t in reasons), 6)
            found.append(Similar(key, score, tuple((t.name, t.value) for t in reasons)))
    return sorted(found, key=lambda one: (-one.score, one.key))
