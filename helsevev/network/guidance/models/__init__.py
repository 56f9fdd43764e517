"""Tables of guidance."""

from helsevev.network.guidance.models.engagements import (
    AdvisorCapacity,
    AgreedItem,
    Engagement,
    EngagementAdvisor,
    EngagementInitiative,
    EngagementStep,
    GroupMember,
    GuidanceGroup,
)
from helsevev.network.guidance.models.hours import HourAnswer, HourLine, HourRequest
from helsevev.network.guidance.models.sessions import Session, SessionPerson, SessionPoint, SessionPresence

__all__ = [
    "AdvisorCapacity",
    "AgreedItem",
    "Engagement",
    "EngagementAdvisor",
    "EngagementInitiative",
    "EngagementStep",
    "GroupMember",
    "GuidanceGroup",
    "HourAnswer",
    "HourLine",
    "HourRequest",
    "Session",
    "SessionPerson",
    "SessionPoint",
    "SessionPresence",
]
