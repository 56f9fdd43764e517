"""Invented answers for a demonstration (oppdiktede svar): the same each time, and nobody's."""

import random
from collections.abc import Iterator, Sequence

from helsevev.core.surveys.asking import Question
from helsevev.core.surveys.splitting import Parts

ABOUT = "Oppdiktet undersøkelse til demonstrasjonen: ingen har svart på den."
# Year, invited, answered, and how content they are made to be.
YEARS: Sequence[tuple[int, int, int, float]] = ((2024, 34, 21, 0.30), (2025, 41, 29, 0.38))
WORDS = ("Flere møter på tvers", "Flere møter på tvers", "Mer hjelp til gevinster", "Raskere svar", "Enklere maler")
PROJECT_ANSWERS = 43


def answers(questions: Sequence[Question], number: int, content: float, seed: int) -> Iterator[Parts]:
    """So many invented answers. A few leave a question out, as people do; groups are answered by all."""
    drawn = random.Random(seed)  # noqa: S311 - made up, not secret
    for _person in range(number):
        choices = {
            one.key: [_chosen(drawn, one, content)] for one in questions if one.may_group or drawn.random() > 0.06
        }
        words = {"more": drawn.choice(WORDS)} if drawn.random() < 0.7 else {}
        yield Parts(choices, words)


def _chosen(drawn: random.Random, question: Question, content: float) -> str:
    """Of a scale, more of the upper levels; of other choices, more of the first."""
    last = len(question.levels) - 1
    place = sum(drawn.random() > content + 0.25 for _level in range(last)) if last > 1 else int(drawn.random() > 0.8)
    return question.levels[place].key
