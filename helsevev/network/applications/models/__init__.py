"""Tables of rounds and applications."""

from helsevev.network.applications.models.rounds import (
    CallFollower,
    Criterion,
    LetterTemplate,
    PanelMember,
    Round,
    WorkflowVersion,
)

__all__ = ["CallFollower", "Criterion", "LetterTemplate", "PanelMember", "Round", "WorkflowVersion"]
