"""Queues of a centre that answers (kø): Erlang B, C and A, and how many agents a service target asks for.

Sources: A. K. Erlang 1917 (B and C); C. Palm 1937 (A, with patients who give up); S. Halfin and W. Whitt 1981
(square-root staffing). Load is in erlang: contacts an hour times handling time in hours. Times share one unit.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from helsevev.core.words import Refusal, Refused, gettext_noop

MOST_AGENTS = 2_000
Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


class Why(StrEnum):
    """Why a queue gives no number."""

    UNSTABLE = gettext_noop(
        "The queue never ends: %(agents)s agents can't carry %(load)s erlang. Use at least %(least)s agents"
    )
    TOO_MANY = gettext_noop(
        "The service target isn't met by %(agents)s agents at %(load)s erlang. "
        "Lower the target or the load, or allow more agents"
    )


@dataclass(frozen=True)
class Impatient:
    """A queue in which some give up (utålmodig kø): shares of all who call, and the mean wait of all."""

    probability_of_wait: float
    abandoned_share: float
    mean_wait: float


@dataclass(frozen=True)
class Target:
    """What staffing must reach (svarmål): a `share` answered `within` a time, and an occupancy that people survive.

    `most` bounds the search: beyond it the target is refused.
    """

    share: float
    within: float
    max_occupancy: float = 1.0
    min_agents: int = 1
    most: int = MOST_AGENTS


def erlang_b(load: float, agents: int) -> float:
    """The share that finds all `agents` busy when nobody waits: B_k = A·B_{k−1}/(k + A·B_{k−1}), B_0 = 1."""
    blocked = 1.0
    for k in range(1, agents + 1):
        blocked = load * blocked / (k + load * blocked)
    return blocked


def erlang_c(load: float, agents: int) -> float:
    """The share that waits, P_w = B/(1 − (A/N)(1 − B)); an unstable queue (N ≤ A) is refused, never a number."""
    if agents <= load:
        raise Refused(Refusal(Why.UNSTABLE, {"agents": agents, "load": f"{load:.4g}", "least": math.floor(load) + 1}))
    blocked = erlang_b(load, agents)
    return blocked / (1 - load / agents * (1 - blocked))


def service_level(load: float, agents: int, within: float, handling: float) -> float:
    """The share answered within a time: 1 − P_w·e^{−(N−A)T/AHT}, T and AHT in the same unit."""
    return 1 - erlang_c(load, agents) * math.exp(-(agents - load) * within / handling)


def erlang_a(load: float, agents: int, handling: float, patience: float) -> Impatient:
    """Palm's queue, in which a waiting patient gives up after an exponential time with mean `patience`.

    With x = N·patience/handling, y = A·patience/handling and J = Σ_j y^j/((x+1)…(x+j)), J_0 = 1:
    P_w = J·B/(1 + (J − 1)·B), P(gives up | waits) = 1/(ρJ) + 1 − 1/ρ, mean wait = P(gives up)·patience.
    Stable at any load.
    """
    if load <= 0 or agents < 1:
        waits = 0.0 if load <= 0 else 1.0
        return Impatient(waits, waits, patience * waits)
    x, y = agents * patience / handling, load * patience / handling
    total = term = 1.0
    step = 0
    while term > total * 1e-17 and math.isfinite(total):
        step += 1
        term *= y / (x + step)
        total += term
    blocked = erlang_b(load, agents)
    waits = 1 / (1 + (1 - blocked) / (total * blocked)) if blocked > 0 else 0.0
    used = load / agents
    gives_up = max(0.0, waits * (1 / (used * total) + 1 - 1 / used))
    return Impatient(waits, gives_up, gives_up * patience)


def square_root_agents(load: float, beta: float) -> float:
    """Square-root staffing: N ≈ A + β√A."""
    return load + beta * math.sqrt(load)


def square_root_wait(beta: float) -> float:
    """Halfin and Whitt's limit of the share that waits: 1/(1 + βΦ(β)/φ(β)); 0.20 at β = 1.0615."""
    density = math.exp(-beta * beta / 2) / math.sqrt(2 * math.pi)
    below = 0.5 * math.erfc(-beta / math.sqrt(2))
    return 1 / (1 + beta * below / density)


def agents_needed(load: npt.ArrayLike, handling: npt.ArrayLike, target: Target) -> Whole:
    """The smallest N ≥ min_agents with N > A, A/N ≤ max_occupancy and service level ≥ share, for each load.

    `load` and `handling` broadcast; the answer has their shape. Loops over N, never over loads: each round carries
    Erlang B one agent further for the loads that still wait for an answer. More than `target.most` is refused.
    """
    loads, times = np.broadcast_arrays(np.asarray(load, dtype=float), np.asarray(handling, dtype=float))
    answer = np.zeros(loads.size, dtype=np.int64)
    waiting = np.arange(loads.size)
    offered, decay = loads.ravel().copy(), (target.within / times).ravel()
    blocked = np.ones_like(offered)
    agents = 0
    while waiting.size:
        agents += 1
        if agents > target.most:
            values = {"agents": target.most, "load": f"{offered.max():.4g}"}
            raise Refused(Refusal(Why.TOO_MANY, values))
        carried = offered * blocked
        blocked = carried / (agents + carried)
        if agents < target.min_agents:
            continue
        met = _met(offered, blocked, decay, agents, target)
        if met.any():
            answer[waiting[met]] = agents
            left = ~met
            waiting, offered, blocked, decay = waiting[left], offered[left], blocked[left], decay[left]
    return answer.reshape(loads.shape)


def _met(offered: Floats, blocked: Floats, decay: Floats, agents: int, target: Target) -> npt.NDArray[np.bool_]:
    """Which loads this many agents carry as the target asks."""
    used = offered / agents
    stable = (used < 1) & (used <= target.max_occupancy)
    if not stable.any():
        return stable
    with np.errstate(divide="ignore", invalid="ignore"):
        waits = blocked / (1 - used * (1 - blocked))
        late = waits * np.exp(np.minimum((offered - agents) * decay, 0))
    reached: npt.NDArray[np.bool_] = stable & (1 - late >= target.share)
    return reached
