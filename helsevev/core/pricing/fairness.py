"""Whether the sharing is fair (rettferdig fordeling): stand-alone cost, Shapley value, and the core check.

A coalition's cost is what the same centre would cost for its members alone, by the same equations: its own contacts,
its own fixed cost for each member, the same opening hours and target. Up to 15 partners all 2^M coalitions are
reckoned as one axis of arrays; above that, joining orders are drawn and the error is stated.
Sources: L. S. Shapley 1953; sampling by permutations after J. Castro and others 2009, in pairs of opposite orders.
"""

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from helsevev.core.pricing import model
from helsevev.core.pricing.answer import Answer, price
from helsevev.core.pricing.case import Case
from helsevev.core.queueing import Floats, Whole

EXACT_UP_TO = 15
# Coalitions that are reckoned at once, and about how many are reckoned in all when they are drawn.
BLOCK = 16_384
SAMPLED = 120_000
FEWEST_PAIRS = 32


@dataclass(frozen=True)
class FairRow:
    """One partner: its cost alone, its Shapley value, and that value's standard error (0 when exact), NOK a year."""

    number: str
    name: str
    bill_nok: float
    stand_alone_nok: float
    shapley_nok: float
    standard_error_nok: float


@dataclass(frozen=True)
class Fairness:
    """What a fair share would be (rettferdighet).

    `largest_overcharge_nok` is the highest excess of bills over what a coalition would pay alone, over all proper
    coalitions that were looked at; below 0 nobody pays too much. `worst` are that coalition's numbers.
    """

    rows: tuple[FairRow, ...]
    largest_overcharge_nok: float
    worst: tuple[str, ...]
    shapley_overcharge_nok: float
    exact: bool
    coalitions: int
    permutations: int
    seed: int

    def as_dict(self) -> dict[str, Any]:
        """In the shape of price-case.md."""
        return {
            "fairness": [
                {
                    "number": row.number,
                    "stand_alone_nok": row.stand_alone_nok,
                    "shapley_nok": row.shapley_nok,
                    "shapley_standard_error_nok": row.standard_error_nok,
                }
                for row in self.rows
            ],
            "largest_overcharge_nok": self.largest_overcharge_nok,
            "fairness_check": {
                "worst_coalition": list(self.worst),
                "shapley_overcharge_nok": self.shapley_overcharge_nok,
                "exact": self.exact,
                "coalitions": self.coalitions,
                "permutations": self.permutations,
                "seed": self.seed,
            },
        }


@dataclass(frozen=True)
class Partners:
    """What each partner brings, as arrays over partners; columns of `brings`: one for each group, then events."""

    brings: Floats
    bills: Floats

    @property
    def count(self) -> int:
        """How many partners."""
        return int(self.bills.size)


@dataclass(frozen=True)
class Excess:
    """The coalition that pays most above its cost alone, as a row of members."""

    nok: float
    members: tuple[int, ...]


def fairness(case: Case, answer: Answer | None = None, seed: int = 1, permutations: int | None = None) -> Fairness:
    """Each partner's cost alone and Shapley value, and whether any coalition pays more than it would alone."""
    found = answer or price(case)
    partners = _partners(case, found)
    if partners.count < 3 or (partners.count <= EXACT_UP_TO and permutations is None):
        return _exact(case, partners, seed)
    return _sampled(case, partners, seed, permutations)


def _partners(case: Case, answer: Answer) -> Partners:
    """What the partners bring."""
    rows = [
        [*(partner.patients[group.id] for group in case.groups), partner.enrolments, partner.discharges]
        for partner in case.municipalities
    ]
    return Partners(np.array(rows, dtype=float), np.array([bill.total_nok for bill in answer.bills]))


def values(case: Case, members: Floats, brings: Floats) -> Floats:
    """The cost of coalitions, NOK a year: `members` counts (n,), `brings` what they bring together (n, columns)."""
    found = np.empty(members.size)
    for start in range(0, members.size, BLOCK):
        part = slice(start, start + BLOCK)
        count, sums = members[part], brings[part]
        who = model.Volumes(count, tuple(sums[:, at] for at in range(len(case.groups))), sums[:, -2], sums[:, -1])
        centre = case.centre
        own = centre.fixed_nok_per_year + centre.fixed_nok_per_municipality_per_year * count
        at = replace(model.levels(case), fixed_nok_total=own)
        found[part] = model.money(case, at, who, model.hours(case, at, who)).total
    return found


def _all_sums(rows: Floats) -> Floats:
    """Sums over every subset of the rows, at the place that has their bits; built by doubling."""
    sums = np.zeros((1, *rows.shape[1:]))
    for row in rows:
        sums = np.concatenate([sums, sums + row])
    return sums


def _exact(case: Case, partners: Partners, seed: int) -> Fairness:
    """All coalitions."""
    count = partners.count
    sizes = _all_sums(np.ones(count))
    cost = np.zeros(sizes.size)
    cost[1:] = values(case, sizes[1:], _all_sums(partners.brings)[1:])
    shapley = _shapley(cost, sizes, count)
    worst = _worst(_all_sums(partners.bills) - cost, count)
    alone = cost[1 << np.arange(count)]
    return Fairness(
        rows=_rows(case, partners, alone, shapley, np.zeros(count)),
        largest_overcharge_nok=worst.nok,
        worst=tuple(case.municipalities[at].number for at in worst.members),
        shapley_overcharge_nok=_worst(_all_sums(shapley) - cost, count).nok,
        exact=True,
        coalitions=max(0, sizes.size - 2),
        permutations=0,
        seed=seed,
    )


def _shapley(cost: Floats, sizes: Floats, count: int) -> Floats:
    """Σ over coalitions S without i of |S|!(M−|S|−1)!/M! · (v(S∪i) − v(S))."""
    weights = np.array([1 / (count * math.comb(count - 1, size)) for size in range(count)])
    every = np.arange(cost.size)
    found = np.empty(count)
    for partner in range(count):
        without = every[(every >> partner) & 1 == 0]
        gain = cost[without | (1 << partner)] - cost[without]
        found[partner] = float(weights[sizes[without].astype(np.int64)] @ gain)
    return found


def _worst(excess: Floats, count: int) -> Excess:
    """The proper coalition with the highest excess; one partner alone has none, and no excess."""
    if count < 2:
        return Excess(0.0, ())
    at = int(np.argmax(excess[1:-1])) + 1
    return Excess(float(excess[at]), tuple(place for place in range(count) if at >> place & 1))


@dataclass
class _Drawn:
    """What drawn orders have come to: sums and squares of gains by partner, where it joins neither first nor last."""

    sums: Floats
    squares: Floats
    times: Floats
    worst: Excess
    looked: int = 0

    def take(self, gains: Floats, middle: Floats, excess: Excess) -> None:
        """Add pairs of opposite orders: their mean gains, and in which of them a partner counts."""
        self.sums += (gains * middle).sum(axis=0)
        self.squares += (gains**2 * middle).sum(axis=0)
        self.times += middle.sum(axis=0)
        self.worst = max(self.worst, excess, key=lambda one: one.nok)


def _sampled(case: Case, partners: Partners, seed: int, permutations: int | None) -> Fairness:
    """Joining orders in pairs of opposites; every beginning of an order is a coalition that is looked at.

    What a partner adds as the first and as the last is known exactly, and only the rest is drawn; what is then
    missing to the whole cost is spread equally.
    """
    count = partners.count
    pairs = max(FEWEST_PAIRS, (permutations or SAMPLED // count) // 2)
    alone, last, worst = _ends(case, partners)
    drawn = _Drawn(np.zeros(count), np.zeros(count), np.zeros(count), worst)
    chance = np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, count])))
    for start in range(0, pairs, step := max(1, BLOCK // (2 * count))):
        wanted = min(step, pairs - start)
        orders = chance.permuted(np.tile(np.arange(count), (wanted, 1)), axis=1)
        gains, excess = _joining(case, partners, np.concatenate([orders, orders[:, ::-1]]))
        middle = np.ones((wanted, count))
        np.put_along_axis(middle, orders[:, [0, -1]], 0, axis=1)
        drawn.take((gains[:wanted] + gains[wanted:]) / 2, middle, excess)
        drawn.looked += 2 * wanted * (count - 1)
    mean = drawn.sums / drawn.times
    part = (count - 2) / count
    shapley = (alone + last) / count + part * mean
    total = float(values(case, np.array([float(count)]), partners.brings.sum(axis=0)[np.newaxis])[0])
    shapley += (total - shapley.sum()) / count
    variance = np.maximum(0, drawn.squares / drawn.times - mean**2) / np.maximum(1, drawn.times - 1)
    # The likeliest to overpay first: an order that draws wouldn't find.
    overpaying: Whole = np.argsort(shapley - partners.bills, kind="stable")[np.newaxis]
    worst = max(drawn.worst, _joining(case, partners, overpaying)[1], key=lambda one: one.nok)
    return Fairness(
        rows=_rows(case, partners, alone, shapley, part * np.sqrt(variance)),
        largest_overcharge_nok=worst.nok,
        worst=tuple(case.municipalities[at].number for at in sorted(worst.members)),
        shapley_overcharge_nok=_joining(case, replace(partners, bills=shapley), overpaying)[1].nok,
        exact=False,
        coalitions=drawn.looked,
        permutations=2 * pairs,
        seed=seed,
    )


def _joining(case: Case, partners: Partners, orders: Whole) -> tuple[Floats, Excess]:
    """What each partner adds in each order, shape (orders, partners), and the worst beginning of all of them."""
    count = partners.count
    brought = partners.brings[orders].cumsum(axis=1)
    sizes = np.broadcast_to(np.arange(1.0, count + 1), orders.shape)
    cost = values(case, sizes.ravel(), brought.reshape(-1, brought.shape[-1])).reshape(orders.shape)
    gains = np.empty_like(cost)
    np.put_along_axis(gains, orders, np.diff(cost, axis=1, prepend=0), axis=1)
    excess = partners.bills[orders].cumsum(axis=1)[:, :-1] - cost[:, :-1]
    row, last = np.unravel_index(int(np.argmax(excess)), excess.shape)
    return gains, Excess(float(excess[row, last]), tuple(orders[row, : last + 1].tolist()))


def _ends(case: Case, partners: Partners) -> tuple[Floats, Floats, Excess]:
    """What each partner costs alone, what it adds as the last, and the worst of these small and large coalitions."""
    count = partners.count
    sizes = np.concatenate([np.ones(count), np.full(count, count - 1.0), [count]])
    whole = partners.brings.sum(axis=0)
    brings = np.concatenate([partners.brings, whole - partners.brings, whole[np.newaxis]])
    cost = values(case, sizes, brings)
    paid = np.concatenate([partners.bills, partners.bills.sum() - partners.bills])
    excess = paid - cost[:-1]
    at = int(np.argmax(excess))
    members = (at,) if at < count else tuple(place for place in range(count) if place != at - count)
    return cost[:count], cost[-1] - cost[count:-1], Excess(float(excess[at]), members)


def _rows(case: Case, partners: Partners, alone: Floats, shapley: Floats, error: Floats) -> tuple[FairRow, ...]:
    """A row for each partner."""
    return tuple(
        FairRow(
            partner.number,
            partner.name,
            float(partners.bills[at]),
            float(alone[at]),
            float(shapley[at]),
            float(error[at]),
        )
        for at, partner in enumerate(case.municipalities)
    )
