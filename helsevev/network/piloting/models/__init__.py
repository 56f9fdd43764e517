"""Tables of pilots and of the papers that parties sign."""

from helsevev.network.piloting.models.papers import (
    Paper,
    PaperSignature,
    PaperStep,
    PaperVersion,
    SignatureWithdrawal,
)
from helsevev.network.piloting.models.pilots import Pilot, PilotResult, PilotReview, WarningChange, WeekCount

__all__ = [
    "Paper",
    "PaperSignature",
    "PaperStep",
    "PaperVersion",
    "Pilot",
    "PilotResult",
    "PilotReview",
    "SignatureWithdrawal",
    "WarningChange",
    "WeekCount",
]
