"""What a set of answers comes to: what is asked, what is missing, what is wrong, and what it adds up to.

`evaluate` lays the answers out on the form once and works the items out in an order in which each comes after those it
waits for, so that no chain of conditions is too long. What isn't asked now counts for nothing, and isn't lost.
"""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from helsevev.core.questionnaire import conditions, paths, values
from helsevev.core.questionnaire.model import Answers, Item, Kind, Questionnaire, Typed, Value
from helsevev.core.words import Refusal

MOST_ROWS = 500


class Spot:
    """A place on the sheet (plass): an item, or one row of a repeating one, with what stands there.

    `spots` are those that lie in it: of a repeating item its rows, each with `is_row`. `raw` is what was typed, `typed`
    what it means. `counts` says whether a person can fill it in: what nobody can fill in can't be missing or wrong.
    """

    __slots__ = (
        "counts", "enabled", "is_row", "item", "missing", "parent", "path", "problem", "raw", "rows", "spots", "typed",
    )  # fmt: skip

    def __init__(self, item: Item, path: str, parent: "Spot | None", rows: tuple[str, ...], *, is_row: bool) -> None:
        """A place with nothing in it yet; `rows` are the rows it lies in, outermost first."""
        self.item, self.path, self.parent, self.rows, self.is_row = item, path, parent, rows, is_row
        self.raw: Value = None
        self.typed: tuple[Typed, ...] = ()
        self.problem: Refusal | None = None
        self.enabled = self.counts = True
        self.missing = False
        self.spots: list[Spot] = []

    def __repr__(self) -> str:
        return f"<Spot {self.path}>"

    @property
    def holds_answer(self) -> bool:
        """Whether an answer stands in this very place, rather than in its rows."""
        return self.item.asks and (self.is_row or not self.item.has_rows)

    @property
    def is_blocking(self) -> bool:
        """Whether the form can't be bound because of this place."""
        return self.missing or (self.problem is not None and self.counts and self.enabled)

    def below(self) -> "Iterator[Spot]":
        """The places in this one, and in those."""
        for spot in self.spots:
            yield spot
            yield from spot.below()


class Evaluation:
    """What answers come to (utregning). `spots` has every place by its path, in the order of the form."""

    __slots__ = ("calculated", "left_over", "missing", "scores", "spots", "top", "wrong")

    def __init__(self, top: list[Spot], spots: dict[str, Spot]) -> None:
        """The places, laid out."""
        self.top, self.spots = top, spots
        self.missing: tuple[Spot, ...] = ()
        self.wrong: tuple[Spot, ...] = ()
        self.calculated: dict[str, Value] = {}
        self.scores: dict[str, Decimal] = {}
        self.left_over: dict[str, Value] = {}

    @property
    def is_complete(self) -> bool:
        """Whether it can be bound."""
        return not self.missing and not self.wrong


def evaluate(questionnaire: Questionnaire, answers: Answers) -> Evaluation:
    """What the answers come to."""
    return _Evaluator(questionnaire, answers).evaluation()


def initial(questionnaire: Questionnaire) -> dict[str, Value]:
    """What stands on a new sheet before anybody has written."""
    found: dict[str, Value] = {}
    for spot in evaluate(questionnaire, {}).spots.values():
        if spot.item.has_rows and spot.item.asks and not spot.is_row:
            for number, one in enumerate(spot.item.initial, start=1):
                found[f"{spot.path}:{number}"] = one
        elif spot.holds_answer and not spot.is_row and spot.item.initial:
            found[spot.path] = spot.item.initial[0]
    return found


class _Evaluator:
    """One evaluation while it is made."""

    def __init__(self, questionnaire: Questionnaire, answers: Answers) -> None:
        self.form, self.answers = questionnaire, answers
        self.spots: dict[str, Spot] = {}
        self.by_link: dict[str, list[Spot]] = {}
        self.rows = _rows(answers)
        self.top = self._lay_out(questionnaire.items, "", None, ())
        self.result = Evaluation(self.top, self.spots)

    def evaluation(self) -> Evaluation:
        """Work everything out."""
        for link_id in self.form.order:
            for spot in self.by_link.get(link_id, ()):
                self._work_out(spot)
        for spot in self.spots.values():
            self._judge(spot)
        result = self.result
        result.missing = tuple(spot for spot in self.spots.values() if spot.missing)
        result.wrong = tuple(
            spot for spot in self.spots.values() if spot.problem is not None and spot.counts and spot.enabled
        )
        result.left_over = {path: raw for path, raw in self.answers.items() if self._is_left_over(path, raw)}
        if self.form.has_scores:
            result.scores = _scores(self.top)
        return result

    def _lay_out(self, items: tuple[Item, ...], prefix: str, parent: Spot | None, rows: tuple[str, ...]) -> list[Spot]:
        """A place for each item, and for each row of what repeats."""
        return [self._spot(item, prefix, parent, rows) for item in items]

    def _spot(self, item: Item, prefix: str, parent: Spot | None, rows: tuple[str, ...]) -> Spot:
        path = prefix + item.step
        spot = Spot(item, path, parent, rows, is_row=False)
        self.spots[path] = spot
        self.by_link.setdefault(item.link_id, []).append(spot)
        if not item.has_rows:
            if item.items:
                spot.spots = self._lay_out(item.items, prefix, spot, rows)
            return spot
        for row in self._rows_of(item, path):
            here = f"{path}:{row}"
            one = Spot(item, here, spot, (*rows, row), is_row=True)
            self.spots[here] = one
            self.by_link[item.link_id].append(one)
            one.spots = self._lay_out(item.items, f"{here}/", one, one.rows)
            spot.spots.append(one)
        return spot

    def _rows_of(self, item: Item, path: str) -> list[str]:
        """The rows that stand, and as many empty ones as are asked for at least."""
        found = sorted(self.rows.get(path, ()), key=paths.row_order)[:MOST_ROWS]
        number = 1
        while len(found) < max(1, min(item.limits.fewest or 1, 20)):
            if str(number) not in found:
                found.append(str(number))
            number += 1
        return found

    def _work_out(self, spot: Spot) -> None:
        """Whether a place is asked, and what it means."""
        item, parent = spot.item, spot.parent
        if parent is not None:
            spot.enabled, spot.counts = parent.enabled, parent.counts
        if item.hidden or (item.asks and (item.read_only or item.calculation or item.sums)):
            spot.counts = False  # nor does the place that holds the rows of what nobody fills in
        if spot.enabled and item.conditions and not spot.is_row:
            spot.enabled = self._is_asked(spot)
        if spot.holds_answer:
            self._fill(spot, item)

    def _fill(self, spot: Spot, item: Item) -> None:
        """What stands in a place."""
        if item.calculation or item.sums:
            if spot.enabled:
                self._calculate(spot)
            return
        spot.raw = raw = self.answers.get(spot.path)
        if raw is not None:
            spot.typed, spot.problem = values.read(item, raw)

    def _is_asked(self, spot: Spot) -> bool:
        """Whether the item's conditions hold, all or any as the form says."""
        held = (
            conditions.holds(one.operator, one.expected, self._answers_to(one.question, spot))
            for one in spot.item.conditions
        )
        return all(held) if spot.item.needs_all else any(held)

    def _answers_to(self, link_id: str, asking: Spot) -> list[Typed]:
        """The answers to a question, in the same rows as the place that asks where they share any."""
        spots = self.by_link.get(link_id, ())
        if len(spots) > 1:
            spots = _nearest(spots, asking)
        return [one for spot in spots if spot.enabled for one in spot.typed]

    def _calculate(self, spot: Spot) -> None:
        """The value that is worked out; what can't be worked out is empty."""
        item = spot.item
        if item.sums:
            scope = spot.parent.spots if item.sums == "group" and spot.parent else self.top
            found: Any = _score(scope)
        else:
            assert item.calculation is not None
            found = item.calculation.work_out(
                lambda link_id: [one for place in self.by_link.get(link_id, ()) if place.enabled for one in place.typed]
            )
        raw = _fitting(item, found)
        if not values.is_empty(raw):
            typed, problem = values.read(item, raw)
            if problem is None or typed:
                spot.raw, spot.typed = raw, typed
                self.result.calculated[spot.path] = raw

    def _judge(self, spot: Spot) -> None:
        """What is missing, or too few or too many, in one place."""
        item = spot.item
        if not spot.enabled or not spot.counts:
            return
        if item.has_rows and not spot.is_row:
            filled = sum(_is_filled(row) for row in spot.spots)
            spot.problem = values.count_refusal(item, filled)
            spot.missing = item.required and not filled and (item.asks or _can_be_filled(spot))
        elif item.asks and not spot.is_row:
            spot.missing = item.required and not spot.typed and spot.problem is None
        elif item.is_group and item.required and not spot.is_row:
            spot.missing = not _is_filled(spot) and _can_be_filled(spot)
        if spot.missing and spot.rows and _lies_in_empty_row(spot):
            spot.missing = False

    def _is_left_over(self, path: str, raw: Value) -> bool:
        """Whether an answer counts for nothing now."""
        if values.is_empty(raw) or (raw is True and paths.row_of(path) and path in self.spots):
            return False
        spot = self.spots.get(path)
        if spot is None or not spot.enabled or not spot.holds_answer:
            return True
        return bool(spot.item.calculation or spot.item.sums)


def _rows(answers: Answers) -> Mapping[str, set[str]]:
    """The rows that have anything in them, by the place that repeats."""
    found: dict[str, set[str]] = {}
    for path, raw in answers.items():
        if ":" in path and raw is not None:
            for place, row in paths.rows_on(path):
                found.setdefault(place, set()).add(row)
    return found


def _nearest(spots: list[Spot], asking: Spot) -> list[Spot]:
    """Those that lie in the same rows as the place that asks, as far down as both lie in the same groups."""
    above, theirs = asking.item.above, spots[0].item.above
    if spots[0].item.has_rows:
        theirs = (*theirs, spots[0].item.link_id)
    shared = 0
    for one, other in zip(above, theirs, strict=False):
        if one != other or shared >= len(asking.rows):
            break
        shared += 1
    mine = asking.rows[:shared]
    return [spot for spot in spots if spot.rows[:shared] == mine]


def _lies_in_empty_row(spot: Spot) -> bool:
    """Whether the row it lies in is empty: that isn't asked for then, or is missing as a whole."""
    row = spot.parent
    while row is not None and not row.is_row:
        row = row.parent
    return row is not None and not _is_filled(row)


def _can_be_filled(spot: Spot) -> bool:
    """Whether there is a question in it now that a person can answer."""
    return any(below.enabled and below.counts and below.holds_answer for below in spot.below())


def _is_filled(spot: Spot) -> bool:
    """Whether anything is answered here that is asked."""
    if not spot.enabled:
        return False
    if spot.holds_answer and (spot.typed or spot.problem):
        return True
    return any(_is_filled(below) for below in spot.spots)


def _fitting(item: Item, found: Any) -> Value:  # noqa: ANN401 whatever an expression gave
    """A worked-out value as it would have been typed in this kind of question."""
    if isinstance(found, Decimal):
        if item.kind is Kind.INTEGER:
            found = found.to_integral_value(ROUND_HALF_UP)
        elif abs(found) < Decimal(10) ** 15:
            found = found.quantize(Decimal(1).scaleb(-(item.limits.decimals or 6)), ROUND_HALF_UP)
        if abs(found) >= Decimal(10) ** 15:
            return None
        return values.written(round_to_digits(found))
    if isinstance(found, bool):
        return found if item.kind is Kind.BOOLEAN else None
    return None if found is None else str(found)


def round_to_digits(found: Decimal) -> Decimal:
    """At most fifteen digits, as answers have."""
    size = len(str(int(abs(found))))
    return found.quantize(Decimal(1).scaleb(-max(0, min(6, values.MOST_DIGITS - size))), ROUND_HALF_UP)


def _weights(spot: Spot) -> Decimal | None:
    """What the choices in one place count; None where nothing is chosen that counts."""
    found = [weight for one in spot.typed if (weight := getattr(one, "weight", None)) is not None]
    return sum(found, Decimal(0)) if found else None


def _score(spots: list[Spot]) -> Decimal | None:
    """The sum of all that counts in these places and below; None where nothing counts."""
    total: Decimal | None = None
    for spot in spots:
        if not spot.enabled:
            continue
        for part in (_weights(spot) if spot.item.has_weights else None, _score(spot.spots) if spot.spots else None):
            if part is not None:
                total = part if total is None else total + part
    return total


def _scores(top: list[Spot]) -> dict[str, Decimal]:
    """The score of each question and group that has one, by linkId, and of the whole form under an empty word."""
    found: dict[str, Decimal] = {}
    total = _add_up(top, found)
    return found if total is None else {**found, "": total}


def _add_up(spots: list[Spot], found: dict[str, Decimal]) -> Decimal | None:
    total: Decimal | None = None
    for spot in spots:
        if not spot.enabled:
            continue
        own = _weights(spot) if spot.item.has_weights else None
        inner = _add_up(spot.spots, found) if spot.spots else None
        if own is None and inner is None:
            continue
        both = (own or Decimal(0)) + (inner or Decimal(0))
        total = both if total is None else total + both
        if not spot.is_row:
            link_id = spot.item.link_id
            found[link_id] = found.get(link_id, Decimal(0)) + both
    return total
