"""Tables from the deadline to the award."""

from helsevev.network.assessment.models.deciding import Award, Board, BoardStep, Letter, LetterCopy, Placement, Question
from helsevev.network.assessment.models.judging import (
    Assessment,
    Declaration,
    Lift,
    Note,
    Score,
    Screening,
    ScreeningAnswer,
    StatedTie,
)
from helsevev.network.assessment.models.retention import KeptFigures, KeptScore

__all__ = [
    "Assessment",
    "Award",
    "Board",
    "BoardStep",
    "Declaration",
    "KeptFigures",
    "KeptScore",
    "Letter",
    "LetterCopy",
    "Lift",
    "Note",
    "Placement",
    "Question",
    "Score",
    "Screening",
    "ScreeningAnswer",
    "StatedTie",
]
