"""Every step on the allocation board: one transaction each, nothing overwritten, a stale board refused."""

from collections.abc import Mapping
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
HOLDERS: Mapping[str, frozenset[Role]] = {
    "recommend": frozenset({Role.SECRETARIAT, Role.RESOURCE_GROUP}),
    "decide": frozenset({Role.STEERING_GROUP}),
    "publish_awards": frozenset({Role.SECRETARIAT}),
}


@dataclass(frozen=True)
class Moved:
    """An application and where it stood before and after."""

    application: Application
    before: Placed | None
    after: Placed


def place(
    application: Application, wanted: Placed, by: str, roles: frozenset[Role], seen: int, why: str = ""
) -> Placement:
    """Place an application. `seen`: the board's version on the page; refused when its place has changed since.

    The same place once more is no step. What nobody has screened isn't placed. A letter that isn't sent goes, as it
    tells of another place.
    """
    wanted = rules.tidy(wanted)
    with transaction.atomic():
        board = board_of(application.round)
        may_take(board, Step.PLACE, roles)
        row = Application.objects.select_related("round__workflow").get(pk=application.pk)
        _stop(*rules.refuse_unscreened(row.code, waits=row.pk in boards.unscreened(board.round, [row])))
        _stop(*rules.refuse_place(wanted, board.round.supports))
        there = Placement.objects.filter(application=application).first()
        if there and there.version > seen:
            raise Refused(Refusal(rules.Why.STALE))
        if there and boards.placed(there) == wanted:
            return there
        write_step(board, Step.PLACE, by, why, Moved(application, boards.placed(there), wanted))
        made = write_placement(board, application, wanted, by)
        Letter.objects.filter(application=application, sent_at=None).delete()
    return made


def write_placement(board: Board, application: Application, wanted: Placed, by: str) -> Placement:
    """Where an application stands from now on; the caller holds the board and has written the step."""
    values: dict[str, Any] = {
        "outcome": wanted.outcome.value,
        "hours": wanted.hours,
        "reserve": wanted.reserve,
        "reason": wanted.reason,
        "given_up_at": timezone.now() if wanted.given_up else None,
    }
    values |= {"board": board, "by": by, "at": timezone.now(), "version": board.version}
    return Placement.objects.update_or_create(application=application, defaults=values)[0]


def step(round_: Round, wanted: Step, by: str, roles: frozenset[Role], seen: int, why: str = "") -> Board:
    """Recommend, send back, decide or take up again: all that is on the board, as the page showed it."""
    with transaction.atomic():
        board = board_of(round_)
        may_take(board, wanted, roles)
        if board.version != seen:
            raise Refused(Refusal(rules.Why.STALE))
        every = boards.decidable(board.round)
        if wanted in (Step.RECOMMEND, Step.DECIDE):
            rows = {one.application_id: one for one in Placement.objects.filter(board=board)}
            placed = [boards.placed(rows.get(one.pk)) for one in every]
            _stop(*rules.refuse_close(board.round.hours, placed, len(boards.unscreened(board.round, every))))
        elif not why.strip():
            raise Refused(Refusal(rules.Why.NEEDS_REASON))
        if wanted is Step.REOPEN and Letter.objects.filter(application__round=round_, sent_at__isnull=False).exists():
            raise Refused(Refusal(rules.Why.LETTERS_SENT))
        before = State(board.state)
        board.state = rules.follows(before, wanted) or before
        _stamp(board, wanted, by)
        write_step(board, wanted, by, why)
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


def may_take(board: Board, wanted: Step, roles: frozenset[Role]) -> None:
    """The state decides whether, and whose turn it is."""
    state = State(board.state)
    needed = rules.needs(state, wanted)
    if not needed or not roles & HOLDERS[needed]:
        raise Refused(Refusal(rules.Why.NOT_NOW, {"state": rules.STATE_NAMES[state]}))


def write_step(board: Board, wanted: Step, by: str, why: str, moved: Moved | None = None) -> None:
    """Write down what is done; the caller holds the board. The trail, which is kept for good, gets no reasons."""
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
    detail = {"step": wanted.value, "application": str(application.key) if application else ""}
    short = {name: _plain(value) for name, value in (("before", before), ("after", after))}
    record(by, "board", KIND, board.round.code, {**detail, **short})


def _plain(placed: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in placed.items() if name != "reason"}


def _said(placed: Placed | None) -> dict[str, Any]:
    return {**asdict(placed), "outcome": placed.outcome.value} if placed else {}


def _stop(*refusals: Refusal) -> None:
    if refusals:
        raise Refused(*refusals)
