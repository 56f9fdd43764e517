"""One question through the years (sammenlikning over år): joined while its wording stays, broken where it changed."""

from collections.abc import Iterable
from dataclasses import dataclass

from helsevev.core.statistics import Interval
from helsevev.core.surveys.asking import Question
from helsevev.core.surveys.rates import interval, top
from helsevev.core.surveys.tallying import Spread


@dataclass(frozen=True)
class Asked:
    """A question as it was asked in one survey, and what may be told of the answers."""

    year: int
    survey: str
    question: Question
    spread: Spread

    @property
    def agreeing(self) -> tuple[int, Interval | None] | None:
        """How many chose one of the upper levels, with the interval of their share; None where that isn't told."""
        upper = self.spread.counts[: top(len(self.question.levels))]
        if self.spread.n is None or any(one is None for one in upper) or self.question.many:
            return None
        count = sum(one for one in upper if one is not None)
        return count, interval(count, self.spread.n)


@dataclass(frozen=True)
class Run:
    """Years in which a question was worded the same (ubrutt rekke)."""

    asked: tuple[Asked, ...]

    @property
    def question(self) -> Question:
        """The question, as it was worded all through."""
        return self.asked[0].question


def runs(asked: Iterable[Asked]) -> tuple[Run, ...]:
    """The unbroken stretches of one question, oldest first."""
    found: list[list[Asked]] = []
    for one in sorted(asked, key=lambda one: (one.year, one.survey)):
        if found and found[-1][-1].question.wording == one.question.wording:
            found[-1].append(one)
        else:
            found.append([one])
    return tuple(Run(tuple(stretch)) for stretch in found)
