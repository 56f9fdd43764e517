"""Making, publishing, closing and moving on a round; each with a line on the trail."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.core.words import Refusal, Refused, gettext_noop
from helsevev.network.applications.actions import rounds_telling
from helsevev.network.applications.models import Criterion, LetterTemplate, PanelMember, Round, WorkflowVersion
from helsevev.network.applications.queries import rounds as asking
from helsevev.network.applications.rules import rounds as rules
from helsevev.network.applications.rules import workflow
from helsevev.network.applications.rules.rounds import State, Times

COPIED = ("grace_minutes", "supports", "themes", "focus_areas", "patient_groups", "hours", "texts", "form_id")
KIND = "round"


class Why(StrEnum):
    """Why a change of a round is refused here."""

    LACKS = gettext_noop("The call can't be published yet. The list says what is missing.")
    SAME_YEAR_AND_NUMBER = gettext_noop("There is a round %(round)s already.")


def make_next(by: str, place: tuple[int, int], times: Times) -> Round:
    """Make the next round from the last one: everything but its times is copied.

    Asked for twice, such as by a double click, it is the round that was made the first time.
    """
    year, number = place
    with transaction.atomic():
        last = asking.last()
        made, is_new = Round.objects.get_or_create(
            year=year, number=number, defaults={**_times(times), **_copied(last), "workflow": workflow_now()}
        )
        if not is_new:
            return made
        _fill(made, last)
        detail = {"from": last.code if last else "", "opens": times.opens, "closes": times.closes}
        record(by, "round made", KIND, made.code, detail)
    return made


def _times(times: Times) -> dict[str, Any]:
    return {"opens_at": times.opens, "closes_at": times.closes, "decides_at": times.decides}


def _copied(last: Round | None) -> dict[str, Any]:
    if last is not None:
        return {name: getattr(last, name) for name in COPIED}
    newest = asking.form_choices()
    return {
        "texts": asking.beginning()["texts"],
        "supports": ["tailored"],
        "form_id": newest[0].pk if newest else None,
    }


def _fill(made: Round, last: Round | None) -> None:
    """Criteria, letters and panel: the last round's, or the beginning's."""
    if last is None:
        fill_from_beginning(made)
        return
    rows: list[Criterion | LetterTemplate | PanelMember] = [*last.criteria.all(), *last.letters.all()]
    rows += last.panel.filter(user__is_active=True)
    for row in rows:
        row.pk, row.round = None, made
        row.save(force_insert=True)


def fill_from_beginning(made: Round) -> None:
    """Criteria and letters as an installation begins with them."""
    for position, one in enumerate(asking.beginning()["criteria"]):
        levels = one.get("levels", [])
        Criterion.objects.create(
            round=made,
            kind=one["kind"],
            code=one["code"],
            names=one["names"],
            about=one["about"],
            weight=one.get("weight", 0),
            levels=levels,
            check_by=one.get("check", ""),
            position=position,
        )
    LetterTemplate.objects.bulk_create(LetterTemplate(round=made, **one) for one in asking.beginning()["letters"])


def workflow_now() -> WorkflowVersion:
    """The newest workflow; the first one is made when it is first needed."""
    newest = asking.newest_workflow()
    if newest is not None:
        return newest
    steps = workflow.written(workflow.read(asking.beginning()["workflow"]))
    return WorkflowVersion.objects.get_or_create(number=1, defaults={"steps": steps, "made_by": "system:prepare"})[0]


def change_workflow(wanted: workflow.Workflow, by: str) -> WorkflowVersion:
    """A new version of the workflow, which rounds published from now on go by; the same as now is no change."""
    steps = workflow.written(workflow.read(workflow.written(wanted)))
    with transaction.atomic():
        now = WorkflowVersion.objects.select_for_update().order_by("-number").first() or workflow_now()
        if now.steps == steps:
            return now
        made = WorkflowVersion.objects.create(number=now.number + 1, steps=steps, made_by=by)
        record(by, "workflow changed", "workflow", str(made.number), {"steps": [one["code"] for one in steps]})
    return made


# --- The call --------------------------------------------------------------------------------------------------------
def publish(round_: Round, by: str, now: datetime | None = None) -> Round:
    """Publish the call: everyone sees it, and those who follow calls get a letter. Done twice, it is done once."""
    moment = now or timezone.now()
    with transaction.atomic():
        row = _locked(round_)
        _stop(rules.refuse_publish(State(row.state)))
        if any(found.stops for found in asking.lacks(row, moment)):
            raise Refused(Refusal(Why.LACKS))
        row.state, row.published_at, row.workflow = State.PUBLISHED, moment, workflow_now()
        _save(row, "state", "published_at", "workflow")
        detail = {"opens": row.opens_at, "closes": row.closes_at, "form": row.form_id, "workflow": row.workflow.number}
        record(by, "call published", KIND, row.code, detail)
        rounds_telling.tell_followers(row)
    return row


def close(round_: Round, by: str, reason: str, now: datetime | None = None) -> Round:
    """Close the call before its time, at once."""
    moment = now or timezone.now()
    with transaction.atomic():
        row = _locked(round_)
        _stop(rules.refuse_close(State(row.state), row.times, moment, reason))
        row.closed_at, row.closed_why = moment, reason.strip()
        _save(row, "closed_at", "closed_why")
        record(by, "call closed", KIND, row.code, {"reason": reason.strip(), "was to close": row.closes_at})
    return row


def extend(round_: Round, by: str, new: datetime, reason: str, now: datetime | None = None) -> Round:
    """Move the deadline on; a call that was closed opens again."""
    moment = now or timezone.now()
    with transaction.atomic():
        row = _locked(round_)
        assessed = _being_assessed(row)
        _stop(rules.refuse_extend(State(row.state), row.times, new, moment, reason, being_assessed=assessed))
        detail = {"reason": reason.strip(), "before": row.closes_at, "after": new}
        row.closes_at, row.closed_at, row.closed_why = new, None, reason.strip()
        _save(row, "closes_at", "closed_at", "closed_why")
        record(by, "deadline moved", KIND, row.code, detail)
    return row


def cancel(round_: Round, by: str, reason: str) -> Round:
    """Cancel the call: nothing in it is decided."""
    with transaction.atomic():
        row = _locked(round_)
        _stop(rules.refuse_cancel(State(row.state), reason))
        row.state, row.closed_why = State.CANCELLED, reason.strip()
        row.closed_at = row.closed_at or timezone.now()
        _save(row, "state", "closed_at", "closed_why")
        record(by, "call cancelled", KIND, row.code, {"reason": reason.strip()})
    return row


def move_on(round_: Round, stage: str, by: str, now: datetime | None = None) -> Round:
    """Say at which of its workflow's steps the round stands now; the applicants see it at once."""
    moment = now or timezone.now()
    with transaction.atomic():
        row = _locked(round_)
        step = asking.steps(row).step(stage)
        if row.stage == stage:
            return row
        row.stage, row.stage_since = stage, moment
        if step.kind is workflow.Kind.DECIDED:
            row.state, row.decided_at = State.DECIDED, moment
        _save(row, "stage", "stage_since", "state", "decided_at")
        record(by, "round moved on", KIND, row.code, {"step": stage})
    return row


def _being_assessed(row: Round) -> bool:
    """Whether the work on the applications has begun."""
    if not row.stage:
        return False
    return asking.steps(row).step(row.stage).kind not in (workflow.Kind.WRITING, workflow.Kind.RECEIVED)


def _locked(round_: Round) -> Round:
    """The round as it stands now, while nobody else changes it."""
    return Round.objects.select_for_update(of=("self",)).select_related("workflow", "form").get(pk=round_.pk)


def _save(row: Round, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def _stop(refusal: Refusal | None) -> None:
    """Raise what a rule refused."""
    if refusal is not None:
        raise Refused(refusal)
