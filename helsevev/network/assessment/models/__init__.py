"""Tables from the deadline to the award."""

from helsevev.network.assessment.models.deciding import Award, Board, BoardStep, Letter, LetterCopy, Placement, Question
from helsevev.network.assessment.models.judging import (
    Assessment,
    Declaration,
    Lift,
    Note,
    Score,
    ScreeningAnswer,
    StatedTie,
)

__all__ = [
    "Assessment",
    "Award",
    "Board",
    "BoardStep",
    "Declaration",
    "Letter",
    "LetterCopy",
    "Lift",
    "Note",
    "Placement",
    "Question",
    "Score",
    "ScreeningAnswer",
    "StatedTie",
]
