"""Tables of rounds and applications."""

from helsevev.network.applications.models.applying import (
    Application,
    Author,
    Invitation,
    Origin,
    Partner,
    StepMove,
    Submission,
)
from helsevev.network.applications.models.rounds import (
    CallFollower,
    Criterion,
    LetterTemplate,
    PanelMember,
    Round,
    WorkflowVersion,
)

__all__ = [
    "Application",
    "Author",
    "CallFollower",
    "Criterion",
    "Invitation",
    "LetterTemplate",
    "Origin",
    "PanelMember",
    "Partner",
    "Round",
    "StepMove",
    "Submission",
    "WorkflowVersion",
]
