"""What the published surveys of a year say, as the report takes it."""

from collections.abc import Iterator
from datetime import date

from helsevev.core import annual
from helsevev.network.surveys.queries.years import of_year

# A scale: fewer levels say yes or no, and more can't be told apart in a picture.
FEWEST, MOST = 4, 5


def answered(year: int, cutoff: date) -> Iterator[annual.Answered]:
    """Every question that was answered on a scale, of all who answered; small groups are hidden where it comes from."""
    for one in of_year(year, cutoff):
        question = one.question
        if question.many or not FEWEST <= len(question.levels) <= MOST:
            continue
        counts = zip(question.levels, one.spread.counts, strict=True)
        levels = tuple((level.key, level.text.by_language, count or 0) for level, count in counts)
        heading, text = question.heading.by_language, question.text.by_language
        yield annual.Answered(question.key, heading, text, levels, one.spread.n or 0, one.invited)
