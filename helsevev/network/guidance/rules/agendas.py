"""What a session's agenda begins with (dagsorden): by kind of session, and by phase of the Roadmap. Pure.

Each line is minutes and what to do; the minutes are shares of an hour that the page scales to the session's length.
"""

from collections.abc import Mapping, Sequence

from helsevev.core.roadmap import Phase
from helsevev.core.words import gettext_noop
from helsevev.network.guidance.rules.sessions import Kind

Lines = Sequence[tuple[int, str]]

WELCOME = gettext_noop("Welcome, and what we want to leave with")
NEXT = gettext_noop("Decisions, and who does what by when")
BY_KIND: Mapping[Kind, Lines] = {
    Kind.KICK_OFF: (
        (10, WELCOME),
        (15, gettext_noop("Who takes part, and what each expects")),
        (15, gettext_noop("Goals, deliverables, hours and period, and how hours are counted")),
        (10, gettext_noop("Words that may mean different things to us")),
        (10, NEXT),
    ),
    Kind.INSIGHT: (
        (5, WELCOME),
        (20, gettext_noop("What users, staff and figures tell")),
        (20, gettext_noop("What it means, and what we still don't know")),
        (15, NEXT),
    ),
    Kind.WORKSHOP: (
        (5, WELCOME),
        (15, gettext_noop("The question, and what we know")),
        (25, gettext_noop("Work in groups with people from both levels")),
        (10, gettext_noop("Share, and choose")),
        (5, NEXT),
    ),
    Kind.WORKING_MEETING: (
        (5, WELCOME),
        (10, gettext_noop("Actions since last time")),
        (35, gettext_noop("Today's questions")),
        (10, NEXT),
    ),
    Kind.REVIEW: (
        (5, WELCOME),
        (20, gettext_noop("Where we stand against goals and deliverables")),
        (10, gettext_noop("Hours used and left")),
        (15, gettext_noop("What we have learned, and what we change")),
        (10, NEXT),
    ),
}
# What a phase puts on the agenda besides, before the last line.
BY_PHASE: Mapping[Phase, str] = {
    Phase.ANCHORING: gettext_noop("Who decides, who pays, and who must want this on both levels"),
    Phase.INSIGHT: gettext_noop("Whose needs we have seen, and whose we haven't"),
    Phase.SERVICE_DEVELOPMENT: gettext_noop("The idea, its users, and what we try first"),
    Phase.PILOTING: gettext_noop("How many are included, against plan, and whether to adjust"),
    Phase.TRANSITION_TO_OPERATION: gettext_noop("Who owns it, what it costs, and what ends"),
    Phase.NEW_PRACTICE: gettext_noop("Whether the benefits last, and who else should have it"),
}


def lines(kind: Kind, phase: Phase | None, minutes: int) -> list[tuple[int, str]]:
    """The template's lines with minutes that fill the session, in fives where that is possible."""
    chosen = list(BY_KIND[kind])
    if phase is not None:
        chosen.insert(-1, (10, BY_PHASE[phase]))
    whole = sum(share for share, _what in chosen)
    given = [max(minutes * share // whole // 5 * 5, 1) for share, _what in chosen]
    longest = max(range(len(chosen)), key=lambda place: chosen[place][0])
    given[longest] = max(given[longest] + minutes - sum(given), 1)
    return [(span, what) for span, (_share, what) in zip(given, chosen, strict=True)]
