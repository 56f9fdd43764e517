"""Places that become free after the decision, and the reserve list (reserveliste): given up, offered to the next."""

from django.db import transaction

from helsevev.commons.people.rules import Role
from helsevev.core.words import Refusal, Refused
from helsevev.network.applications.models import Application
from helsevev.network.assessment.actions.boards import Moved, may_take, write_placement, write_step
from helsevev.network.assessment.actions.judging import board_of
from helsevev.network.assessment.actions.publishing import award
from helsevev.network.assessment.models import Award, Placement
from helsevev.network.assessment.queries import boards
from helsevev.network.assessment.rules import board as rules
from helsevev.network.assessment.rules.board import Placed, State, Step
from helsevev.network.guidance.actions.engaging import close
from helsevev.network.guidance.queries import hours, rooms
from helsevev.network.portfolio.actions import withdraw

SECRETARIAT = frozenset({Role.SECRETARIAT})


def give_up(application: Application, why: str, by: str, roles: frozenset[Role]) -> Placement:
    """The applicants say no to the guidance that was decided: its hours are free. Said twice, it is said once.

    The secretariat writes it down; the applicants do it themselves, and then `roles` are the secretariat's, as the
    caller has seen to it that the application is theirs.
    """
    with transaction.atomic():
        board = board_of(application.round)
        may_take(board, Step.GIVE_UP, roles)
        there = Placement.objects.filter(application=application).first()
        before = boards.placed(there)
        if there is None or before is None or before.outcome not in rules.SUPPORTED:
            raise Refused(Refusal(rules.Why.NO_GUIDANCE))
        if before.given_up:
            return there
        if not why.strip():
            raise Refused(Refusal(rules.Why.NEEDS_REASON))
        awards = list(Award.objects.filter(application=application).select_related("initiative__project"))
        for one in awards:
            _end_guidance(one, by)
        after = Placed(before.outcome, before.hours, 0, before.reason, given_up=True)
        write_step(board, Step.GIVE_UP, by, why, Moved(application, before, after))
        made = write_placement(board, application, after, by)
        for one in awards:
            withdraw(one.initiative.project, by)
    return made


def _end_guidance(award_: Award, by: str) -> None:
    """Close the guidance that the award opened; refused where its hours are used. A renewed one is older, and stays."""
    engagement = rooms.engagement_of(award_.initiative)
    if engagement is None or engagement.closed_at or engagement.places.count() > 1:
        return
    if hours.balance(engagement).used:
        raise Refused(Refusal(rules.Why.BEGUN))
    close(engagement, f"{award_.application.code} {award_.application.title}", by)


def offer(application: Application, wanted: Placed, by: str, roles: frozenset[Role], seen: int) -> Placement:
    """Give a free place to the next on the reserve list, and to nobody else; where all is published, at once."""
    with transaction.atomic():
        board = board_of(application.round)
        may_take(board, Step.OFFER, roles)
        there = Placement.objects.filter(application=application).first()
        if there is not None and there.version > seen:
            raise Refused(Refusal(rules.Why.STALE))
        before = boards.placed(there)
        reason = wanted.reason.strip() or (before.reason if before else "")
        after = Placed(wanted.outcome, wanted.hours, 0, reason)
        left = boards.hours(board.round).left
        refusals = rules.refuse_offer(application.code, after, boards.line(board.round), left, board.round.supports)
        if refusals:
            raise Refused(*refusals)
        write_step(board, Step.OFFER, by, "", Moved(application, before, after))
        made = write_placement(board, application, after, by)
        if board.state == State.PUBLISHED:
            award(application, made, by)
    return made
