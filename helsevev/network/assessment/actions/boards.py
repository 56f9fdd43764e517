"""Every step on the allocation board: one transaction each, nothing overwritten, a stale board refused."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.commons.people.rules import Role
from helsevev.core.words import Refusal, Refused
from helsevev.network.applications.actions import rounds as rounds_acting
from helsevev.network.applications.actions.applying_moving import move_all
from helsevev.network.applications.models import Application, Round
from helsevev.network.applications.queries import rounds as rounds_asking
from helsevev.network.applications.rules.workflow import Kind
from helsevev.network.assessment.actions.judging import board_of
from helsevev.network.assessment.models import Board, BoardStep, Letter, Placement
from helsevev.network.assessment.queries import boards
from helsevev.network.assessment.rules import board as rules
from helsevev.network.assessment.rules.board import Placed, State, Step

KIND = "board"
# Which roles hold which permission on the board; asked again here, where the state is locked.
HOLDERS = {
    "recommend": frozenset({Role.SECRETARIAT, Role.RESOURCE_GROUP}),
    "decide": frozenset({Role.STEERING_GROUP}),
    "publish_awards": frozenset({Role.SECRETARIAT}),
}


@dataclass(frozen=True)
class _Moved:
    """An application and where it stood before and after."""

    application: Application
    before: Placed | None
    after: Placed


def place(
    application: Application, wanted: Placed, by: str, roles: frozenset[Role], seen: int, why: str = ""
) -> Placement:
    """Place an application. `seen`: the board's version on the page; refused when its place has changed since.

    The same place once more is no step. Moving what was placed before needs a reason for the change of mind.
    """
    wanted = rules.tidy(wanted)
    with transaction.atomic():
        board = board_of(application.round)
        _may(board, Step.PLACE, roles)
        _stop(*rules.refuse_place(wanted, board.round.supports))
        there = Placement.objects.filter(application=application).first()
        if there and there.version > seen:
            raise Refused(Refusal(rules.Why.STALE))
        if there and boards.placed(there) == wanted:
            return there
        values: dict[str, Any] = {**_said(wanted), "board": board, "by": by, "at": timezone.now()}
        _step(board, Step.PLACE, by, why, _Moved(application, boards.placed(there), wanted))
        made, _new = Placement.objects.update_or_create(
            application=application, defaults={**values, "version": board.version}
        )
    return made


def step(round_: Round, wanted: Step, by: str, roles: frozenset[Role], seen: int, why: str = "") -> Board:
    """Recommend, send back, decide or take up again: all that is on the board, as the page showed it."""
    with transaction.atomic():
        board = board_of(round_)
        _may(board, wanted, roles)
        if board.version != seen:
            raise Refused(Refusal(rules.Why.STALE))
        every = boards.decidable(board.round)
        if wanted in (Step.RECOMMEND, Step.DECIDE):
            rows = {one.application_id: one for one in Placement.objects.filter(board=board)}
            _stop(*rules.refuse_close(board.round.hours, [boards.placed(rows.get(one.pk)) for one in every]))
        elif not why.strip():
            raise Refused(Refusal(rules.Why.NEEDS_REASON))
        if wanted is Step.REOPEN and Letter.objects.filter(application__round=round_, sent_at__isnull=False).exists():
            raise Refused(Refusal(rules.Why.LETTERS_SENT))
        before = State(board.state)
        board.state = rules.follows(before, wanted) or before
        _stamp(board, wanted, by)
        _step(board, wanted, by, why)
        board.save()
        _move(board, wanted, by)
    return board


def _stamp(board: Board, wanted: Step, by: str) -> None:
    now = timezone.now()
    match wanted:
        case Step.RECOMMEND:
            board.recommended_at, board.recommended_by = now, by
        case Step.DECIDE:
            board.decided_at, board.decided_by = now, by
        case Step.REOPEN:
            board.decided_at, board.decided_by = None, ""
        case _:
            pass


def _move(board: Board, wanted: Step, by: str) -> None:
    """Let the applications, and the round as applicants see it, follow along their workflow where it has such steps."""
    ways = {
        Step.RECOMMEND: (Kind.RECOMMENDING, Kind.DECIDING),
        Step.SEND_BACK: (Kind.DECIDING, Kind.RECOMMENDING),
    }
    if wanted not in ways:
        return
    before, after = ways[wanted]
    flow = rounds_asking.steps(board.round)
    if not flow.has(after):
        return
    if wanted is Step.RECOMMEND and flow.has(before):
        move_all(board.round, Kind.ASSESSING, before, by)
    move_all(board.round, before, after, by)
    rounds_acting.move_on(board.round, flow.first(after).code, by)


def _may(board: Board, wanted: Step, roles: frozenset[Role]) -> None:
    """The state decides whether, and whose turn it is."""
    state = State(board.state)
    needed = rules.needs(state, wanted)
    if not needed or not roles & HOLDERS[needed]:
        raise Refused(Refusal(rules.Why.NOT_NOW, {"state": rules.STATE_NAMES[state]}))


def _step(board: Board, wanted: Step, by: str, why: str, moved: _Moved | None = None) -> None:
    board.version += 1
    board.save(update_fields=["version"])
    application = moved.application if moved else None
    before, after = (_said(moved.before), _said(moved.after)) if moved else ({}, {})
    BoardStep.objects.create(
        board=board,
        number=board.version,
        step=wanted,
        state=board.state,
        application=application,
        before=before,
        after=after,
        why=why.strip(),
        by=by,
    )
    detail = {"step": wanted.value, "application": str(application.key) if application else "", "why": why.strip()}
    record(by, "board", KIND, board.round.code, {**detail, "before": before, "after": after})


def _said(placed: Placed | None) -> dict[str, Any]:
    return {**asdict(placed), "outcome": placed.outcome.value} if placed else {}


def _stop(*refusals: Refusal) -> None:
    if refusals:
        raise Refused(*refusals)
