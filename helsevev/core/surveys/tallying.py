"""Answers counted (opptelling), and at once hidden where a group is small: nothing leaves here unhidden."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from helsevev.core.surveys.asking import Question
from helsevev.core.surveys.suppression import LEAST, hidden

# Those who didn't say which group they are in are a group too: without it, the others wouldn't add up to the whole.
UNSAID = ""
Choices = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Spread:
    """How the answers of some people fall (fordeling): how many answered, and how many chose each level.

    `n` is None where it is hidden; then nothing else is told either. A count is None where a level alone is hidden.
    """

    n: int | None
    counts: tuple[int | None, ...] = ()

    @property
    def is_hidden(self) -> bool:
        """Whether nothing of it may be told."""
        return self.n is None

    def share(self, level: int) -> float | None:
        """The share in percent that chose a level."""
        count = self.counts[level] if self.n else None
        return None if count is None or not self.n else round(100 * count / self.n, 1)


HIDDEN = Spread(None)


@dataclass(frozen=True)
class Told:
    """What may be told of a question: of everybody, and of each group of each grouping."""

    total: Spread
    groups: Mapping[str, Mapping[str, Spread]] = field(default_factory=dict)


Results = Mapping[str, Told]


def tally(questions: Sequence[Question], groupings: Sequence[str], answers: Iterable[Choices]) -> Results:
    """Count each question for all and by each grouping, and hide what is small."""
    counted = _Counted(questions, groupings)
    for one in answers:
        counted.add(one)
    return {question.key: counted.told(question) for question in questions}


class _Counted:
    """The plain counts; they are told of through `told` alone."""

    def __init__(self, questions: Sequence[Question], groupings: Sequence[str]) -> None:
        known = {one.key: one for one in questions}
        self.groupings = [known[key] for key in groupings if key in known and known[key].may_group]
        self.asked = {one.key: frozenset(one.scale) for one in questions}
        self.sizes: Counter[tuple[str, str, str]] = Counter()
        self.cells: Counter[tuple[str, str, str, str]] = Counter()
        self.members: Counter[tuple[str, str]] = Counter()

    def add(self, answer: Choices) -> None:
        """Count one answered form."""
        places = [("", "")]
        for grouping in self.groupings:
            said = [key for key in answer.get(grouping.key, ()) if key in self.asked[grouping.key]]
            places.append((grouping.key, said[0] if said else UNSAID))
        self.members.update(places)
        for key, chosen in answer.items():
            levels = self.asked.get(key, frozenset()) & frozenset(chosen)
            if not levels:
                continue
            for grouping_key, group in places:
                self.sizes[key, grouping_key, group] += 1
                for level in levels:
                    self.cells[key, grouping_key, group, level] += 1

    def told(self, question: Question) -> Told:
        """What may be told of a question. What groups people is never itself told by group."""
        total = self._spread(question, "", "")
        if total.n is None or total.n < LEAST:
            return Told(HIDDEN, {one.key: dict.fromkeys(_groups(one), HIDDEN) for one in self._for(question)})
        if question in self.groupings:
            return Told(self._own(question, total))
        return Told(total, {one.key: self._by(question, one) for one in self._for(question)})

    def _for(self, question: Question) -> Sequence[Question]:
        return [] if question in self.groupings else self.groupings

    def _spread(self, question: Question, grouping: str, group: str) -> Spread:
        counts = tuple(self.cells[question.key, grouping, group, level] for level in question.scale)
        return Spread(self.sizes[question.key, grouping, group], counts)

    def _hidden_members(self, grouping: Question) -> frozenset[str]:
        """The groups that are too small among all who answered, and those hidden with them."""
        sizes = {group: self.members[grouping.key, group] for group in _groups(grouping)}
        return hidden(sizes, {group: (size,) for group, size in sizes.items()})

    def _own(self, question: Question, total: Spread) -> Spread:
        """How many are in each group: the small ones are hidden here as elsewhere.

        Where those who didn't say are few, nothing is told: all who answered less those who said would be they.
        """
        covered = self._hidden_members(question)
        if UNSAID in covered and self.members[question.key, UNSAID]:
            return HIDDEN
        counts = zip(question.scale, total.counts, strict=True)
        return Spread(total.n, tuple(None if level in covered else count for level, count in counts))

    def _by(self, question: Question, grouping: Question) -> Mapping[str, Spread]:
        spreads = {group: self._spread(question, grouping.key, group) for group in _groups(grouping)}
        sizes = {group: one.n or 0 for group, one in spreads.items()}
        cells = {group: [count or 0 for count in one.counts] for group, one in spreads.items()}
        covered = hidden(sizes, cells, self._hidden_members(grouping))
        named = [group for group in spreads if group != UNSAID or self.members[grouping.key, UNSAID]]
        return {group: HIDDEN if group in covered else spreads[group] for group in named}


def _groups(grouping: Question) -> tuple[str, ...]:
    return (*grouping.scale, UNSAID)


def as_json(results: Results) -> dict[str, Any]:
    """What is kept when a survey is counted."""
    return {
        key: {
            "total": _plain(told.total),
            "groups": {name: {g: _plain(s) for g, s in rows.items()} for name, rows in told.groups.items()},
        }
        for key, told in results.items()
    }


def from_json(kept: Mapping[str, Any]) -> Results:
    """What was kept."""
    return {
        key: Told(
            _read(one["total"]),
            {name: {g: _read(s) for g, s in rows.items()} for name, rows in one["groups"].items()},
        )
        for key, one in kept.items()
    }


def _plain(spread: Spread) -> list[Any] | None:
    return None if spread.is_hidden else [spread.n, *spread.counts]


def _read(kept: Sequence[Any] | None) -> Spread:
    return HIDDEN if kept is None else Spread(kept[0], tuple(kept[1:]))
