"""Publishing a round's awards: the applications are decided, and those that get guidance become projects."""

import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.rules import Role
from helsevev.core.words import Refusal, Refused
from helsevev.network.applications.actions import rounds as rounds_acting
from helsevev.network.applications.actions.applying_moving import move
from helsevev.network.applications.models import Application, Round
from helsevev.network.applications.queries import rounds as rounds_asking
from helsevev.network.applications.rules.workflow import Kind, Workflow
from helsevev.network.assessment.actions.judging import board_of
from helsevev.network.assessment.models import Award, BoardStep, Placement
from helsevev.network.assessment.queries import boards, desk
from helsevev.network.assessment.rules import board as rules
from helsevev.network.assessment.rules.board import SUPPORTED, State, Step
from helsevev.network.guidance.actions.engaging import from_award
from helsevev.network.portfolio.actions import change

ON_THE_WAY = (Kind.RECEIVED, Kind.SCREENING, Kind.ASSESSING, Kind.RECOMMENDING, Kind.DECIDING, Kind.DECIDED)


def publish(round_: Round, by: str, roles: frozenset[Role]) -> int:
    """Publish what was decided; how many projects were made. Everything, or nothing."""
    with transaction.atomic():
        board = board_of(round_)
        state = State(board.state)
        if Role.SECRETARIAT not in roles or rules.refuse_step(state, Step.PUBLISH):
            raise Refused(Refusal(rules.Why.NOT_NOW, {"state": rules.STATE_NAMES[state]}))
        flow = rounds_asking.steps(board.round)
        made = 0
        for placement in boards.standing(board.round):
            if placement.outcome in SUPPORTED:
                award(placement.application, placement, by)
                made += 1
        for application in boards.decidable(board.round):
            _to_decided(application, flow, by)
        board.state, board.published_at = State.PUBLISHED, timezone.now()
        board.version += 1
        board.save()
        BoardStep.objects.create(board=board, number=board.version, step=Step.PUBLISH, state=board.state, by=by)
        rounds_acting.move_on(board.round, flow.first(Kind.DECIDED).code, by)
        record(by, "awards published", "round", round_.code, {"projects": made})
    return made


def _to_decided(application: Application, flow: Workflow, by: str) -> None:
    """Walk the application along its workflow to where it is decided."""
    row = application
    for _turn in flow.steps:
        here = flow.step(row.step)
        if here.kind is Kind.DECIDED:
            return
        ahead = [flow.step(code) for code in here.next if flow.step(code).kind in ON_THE_WAY]
        further = [one for one in ahead if ON_THE_WAY.index(one.kind) > ON_THE_WAY.index(here.kind)]
        if not further:
            return
        row = move(row, min(further, key=lambda one: ON_THE_WAY.index(one.kind)).code, by)


def award(application: Application, placement: Placement, by: str) -> Award:
    """The project that an application becomes, with what it continues or builds on; made once."""
    key = f"award-{application.code}"
    fields: dict[str, Any] = {"id": key, "title": application.title, "published": True}
    fields |= _said(application)
    names = list(application.partners.order_by("asked_at", "pk").values_list("organisation__key", "organisation__name"))
    owner = application.owner
    fields["owners"] = [owner.name]
    fields["partners"] = [name for other, name in names if other != owner.key]
    fields["regions"] = sorted(
        set(application.partners.exclude(organisation__health_region="").values_list(
            "organisation__health_region", flat=True
        ))
    )  # fmt: skip
    fields |= {
        "award_year": application.round.year,
        "award_round": application.round.number,
        "support": placement.outcome,
        "kind": "spread" if application.origins.exclude(kind="continues").exists() else "innovation",
        "status": "ongoing",
    }
    fields |= {one.kind: one.initiative.key for one in application.origins.select_related("initiative")}
    change(None, fields, by, note=application.code)
    initiative = Initiative.objects.get(key=key)
    made, _new = Award.objects.get_or_create(application=application, defaults={"initiative": initiative})
    why = f"{application.code} {application.title}"
    from_award(initiative, support=placement.outcome, minutes=placement.hours * 60, by=by, why=why)
    return made


def _said(application: Application) -> dict[str, Any]:
    """What the form itself says."""
    found = desk.newest(application)
    if found is None:
        return {}
    response = json.loads(found.response.response)
    summary = boards.answered(response, "summary")
    groups = boards.answered(response, "patient_groups")
    return {
        **({f"summary_{application.language}": summary[0]} if summary else {}),
        **({"patient_groups": groups} if groups else {}),
    }
