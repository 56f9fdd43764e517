"""Tables of the workspace."""

from helsevev.network.workspace.models.concepts import (
    AgreedText,
    Concept,
    ConceptExample,
    ConceptSignature,
    ExampleAnswer,
    PartyDefinition,
)
from helsevev.network.workspace.models.gates import (
    Condition,
    Evidence,
    Gate,
    GateApprover,
    GateSubmission,
    GateVerdict,
)
from helsevev.network.workspace.models.guides import AdoptedGuide, Guide, GuideVersion
from helsevev.network.workspace.models.planning import PlanEntry, Risk, Stakeholder
from helsevev.network.workspace.models.rows import DELETED_DAYS, Row, RowChange, WorkDraft

__all__ = [
    "DELETED_DAYS",
    "AdoptedGuide",
    "AgreedText",
    "Concept",
    "ConceptExample",
    "ConceptSignature",
    "Condition",
    "Evidence",
    "ExampleAnswer",
    "Gate",
    "GateApprover",
    "GateSubmission",
    "GateVerdict",
    "Guide",
    "GuideVersion",
    "PartyDefinition",
    "PlanEntry",
    "Risk",
    "Row",
    "RowChange",
    "Stakeholder",
    "WorkDraft",
]
