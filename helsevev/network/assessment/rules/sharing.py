"""Sharing applications out among assessors (fordeling): even, without conflicts, and each choice explained. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

MOST_EACH = 5


@dataclass(frozen=True)
class Share:
    """One application given to one assessor: how many they had before that, and among how many one could choose."""

    application: str
    assessor: str
    had: int
    free: int


@dataclass(frozen=True)
class Sharing:
    """What is proposed, and which applications lack how many assessors."""

    shares: tuple[Share, ...]
    lacking: Mapping[str, int]


def share(
    applications: Sequence[str],
    assessors: Sequence[str],
    wanted: int,
    closed: Collection[tuple[str, str]],
    given: Iterable[tuple[str, str]] = (),
) -> Sharing:
    """Give each application `wanted` assessors. `closed` and `given` are pairs of application and assessor.

    The application that the fewest may read comes first, and goes to whoever of those has least.
    """
    have: dict[str, set[str]] = {key: set() for key in applications}
    load = dict.fromkeys(assessors, 0)
    for application, assessor in given:
        have.setdefault(application, set()).add(assessor)
        load[assessor] = load.get(assessor, 0) + 1
    free = {
        key: [one for one in assessors if (key, one) not in closed and one not in have[key]] for key in applications
    }
    shares: list[Share] = []
    lacking: dict[str, int] = {}
    for key in sorted(applications, key=lambda one: (len(free[one]), applications.index(one))):
        for _turn in range(wanted - len(have[key])):
            if not free[key]:
                lacking[key] = wanted - len(have[key])
                break
            chosen = min(free[key], key=lambda one: (load[one], assessors.index(one)))
            shares.append(Share(key, chosen, load[chosen], len(free[key])))
            free[key].remove(chosen)
            have[key].add(chosen)
            load[chosen] += 1
    return Sharing(tuple(shares), lacking)
