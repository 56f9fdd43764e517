"""Moving applications from step to step (flytte): the one way, whoever decides; kept for trail and statistics."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.core.words import Refused
from helsevev.network.applications.models import Application, Round, StepMove
from helsevev.network.applications.queries import rounds as asking
from helsevev.network.applications.rules import workflow
from helsevev.network.applications.rules.workflow import Kind

KIND = "application"


def locked(application: Application) -> Application:
    """The application as it stands now, while nobody else changes it."""
    rows = Application.objects.select_for_update(of=("self",))
    return rows.select_related("round__workflow", "round__form", "owner", "sheet__version__form").get(pk=application.pk)


def move(application: Application, step: str, by: str, why: str = "", now: datetime | None = None) -> Application:
    """Let an application go to another step, as its round's workflow allows; asked for twice, it goes once."""
    moment = now or timezone.now()
    with transaction.atomic():
        row = locked(application)
        if row.step == step:
            return row
        refusal = workflow.refuse_move(asking.steps(row.round), row.step, step)
        if refusal is not None:
            raise Refused(refusal)
        write_move(row, step, by, why, moment)
    return row


def write_move(row: Application, step: str, by: str, why: str, now: datetime) -> None:
    """Write a move that was decided; the caller holds the row. Why stands with the move, not on the trail."""
    StepMove.objects.create(application=row, before=row.step, after=step, at=now, by=by, why=why[:300])
    detail = {"before": row.step, "after": step}
    row.step, row.step_since = step, now
    row.save(update_fields=["step", "step_since"])
    record(by, "moved", KIND, str(row.key), detail)


def move_all(round_: Round, before: Kind, after: Kind, by: str) -> int:
    """Let all applications of a round that stand in a step of one kind go to the first of another; how many went."""
    flow = asking.steps(round_)
    if not flow.has(after):
        return 0
    aim = flow.first(after).code
    codes = [step.code for step in flow.steps if step.kind is before]
    found = list(Application.objects.filter(round=round_, step__in=codes).order_by("pk"))
    for one in found:
        move(one, aim, by)
    return len(found)
