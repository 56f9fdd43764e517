"""An engagement (veiledningsløp): what may happen to it, and the words of its story. Pure."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from helsevev.core.words import Refusal, gettext_noop

LONGEST_REASON = 1000


class Support(StrEnum):
    """What kind of guidance it is (støtteform)."""

    TAILORED = "tailored"
    GROUP = "group"


SUPPORT_NAMES: Mapping[Support, str] = {
    Support.TAILORED: gettext_noop("Tailored guidance"),
    Support.GROUP: gettext_noop("Group guidance"),
}


class Step(StrEnum):
    """What happened to an engagement (steg)."""

    OPENED = "opened"
    RENEWED = "renewed"
    EXTENDED = "extended"
    ADVISOR_JOINED = "advisor_joined"
    ADVISOR_LEFT = "advisor_left"
    AGREED = "agreed"
    COUNTING = "counting"
    CLOSED = "closed"
    REOPENED = "reopened"


STEP_NAMES: Mapping[Step, str] = {
    Step.OPENED: gettext_noop("The engagement was opened"),
    Step.RENEWED: gettext_noop("The guidance was renewed"),
    Step.EXTENDED: gettext_noop("The guidance was extended"),
    Step.ADVISOR_JOINED: gettext_noop("An advisor joined"),
    Step.ADVISOR_LEFT: gettext_noop("An advisor left"),
    Step.AGREED: gettext_noop("Goals or deliverables were agreed"),
    Step.COUNTING: gettext_noop("The rule that hours count by was changed"),
    Step.CLOSED: gettext_noop("The engagement was closed"),
    Step.REOPENED: gettext_noop("The engagement was opened again"),
}


class ItemKind(StrEnum):
    """What is agreed (avtalt)."""

    GOAL = "goal"
    DELIVERABLE = "deliverable"


ITEM_NAMES: Mapping[ItemKind, str] = {
    ItemKind.GOAL: gettext_noop("Goal"),
    ItemKind.DELIVERABLE: gettext_noop("Deliverable"),
}


class Answer(StrEnum):
    """What the project says of a line (svar)."""

    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


ANSWER_NAMES: Mapping[Answer, str] = {
    Answer.CONFIRMED: gettext_noop("Confirmed"),
    Answer.DISPUTED: gettext_noop("Disputed"),
}


class RequestState(StrEnum):
    """How a request to book past the balance stands (forespørsel)."""

    ASKED = "asked"
    ALLOWED = "allowed"
    DECLINED = "declined"


REQUEST_NAMES: Mapping[RequestState, str] = {
    RequestState.ASKED: gettext_noop("Waits for the secretariat"),
    RequestState.ALLOWED: gettext_noop("The secretariat said yes"),
    RequestState.DECLINED: gettext_noop("The secretariat said no"),
}


class Why(StrEnum):
    """Why something can't happen to an engagement."""

    NEEDS_REASON = gettext_noop("Say why.")
    OPEN_ALREADY = gettext_noop("This project has an engagement. Extend it, so that it stays one story.")
    NO_SUCH_PROJECT = gettext_noop("There is no project with the key %(key)s.")
    CLOSED = gettext_noop("The engagement is closed. Open it again first.")
    NOT_CLOSED = gettext_noop("The engagement is open.")
    ENDS_FIRST = gettext_noop("The period ends before it begins.")
    NOT_AN_ADVISOR = gettext_noop("This person isn't an advisor here.")
    ADVISOR_ALREADY = gettext_noop("This person is an advisor here already.")
    NEEDS_COMMENT = gettext_noop("Say what is wrong with the line.")
    NOT_TO_ANSWER = gettext_noop("This line isn't one to confirm.")
    OWN_LINE = gettext_noop("A line is confirmed by the other side, not by whoever wrote it.")
    ANSWERED = gettext_noop("This request is answered.")
    SAME = gettext_noop("Hours can't be transferred from an engagement to itself.")
    STALE = gettext_noop("Somebody has changed this since you saw it. Look at what stands now, and do it again.")
    NO_TEXT = gettext_noop("Write something.")


def refuse_period(starts: date, ends: date) -> Refusal | None:
    """Why a period can't be."""
    return Refusal(Why.ENDS_FIRST) if ends < starts else None


def refuse_reason(why: str) -> Refusal | None:
    """Why a step without a reason can't be taken."""
    return None if why.strip() else Refusal(Why.NEEDS_REASON)
