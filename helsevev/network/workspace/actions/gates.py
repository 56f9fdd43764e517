"""Gates: prepared, laid before approvers of both levels, and decided; a passed one moves the project on."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from helsevev.commons.audit import actions as audit
from helsevev.commons.forms import actions as forms
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import Organisation, User
from helsevev.core.roadmap import Phase
from helsevev.core.sides import NEEDED, side_of
from helsevev.core.words import Refusal, Refused
from helsevev.network.guidance.queries import rooms
from helsevev.network.workspace.actions import moving, telling
from helsevev.network.workspace.models import (
    Condition,
    Gate,
    GateApprover,
    GateSubmission,
    GateVerdict,
)
from helsevev.network.workspace.queries import gates as asking
from helsevev.network.workspace.rules import gates as rules
from helsevev.network.workspace.rules.gates import Decision, State, Why

ROOM, KIND = "workspace", "gate"


@dataclass(frozen=True)
class Given:
    """What an approver decides (avgitt vedtak): with which reason, on which terms, and the digest they were shown."""

    decision: Decision
    reason: str
    shown: str
    conditions: Sequence[tuple[str, date]] = ()


@transaction.atomic
def open_gate(initiative: Initiative, phase: Phase, by: str, language: str) -> Gate:
    """A new attempt to leave the phase that the project is in."""
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    at_work = asking.at_work(initiative, phase) is not None
    if refusal := rules.refuse_open(phase, asking.phase_now(initiative), at_work):
        raise Refused(refusal)
    return start(initiative, phase, by, language)


def start(initiative: Initiative, phase: Phase, by: str, language: str, now: datetime | None = None) -> Gate:
    """The gate with its sheet of criteria, without asking whether the project stands there."""
    version = asking.form_of(phase)
    if version is None:
        raise Refused(Refusal(Why.LAST_PHASE))
    last = asking.newest(initiative, phase)
    number = last.number + 1 if last else 1
    subject = f"{initiative.key}/{phase}/{number}"[:120]
    sheet = forms.open_sheet(version, room=ROOM, subject=subject, language=language, by=by)
    made = Gate.objects.create(
        initiative=initiative, phase=phase, number=number, sheet=sheet, opened_at=now or timezone.now(), opened_by=by
    )
    _trail(made, "opened", by)
    return made


def _trail(gate: Gate, verb: str, by: str, **more: object) -> None:
    """A line of the trail."""
    place = {"initiative": gate.initiative.key, "phase": gate.phase, "number": gate.number}
    audit.record(by, verb, KIND, str(gate.key), {**place, **more})


def _locked(gate: Gate, *states: State) -> Gate:
    """The gate as it stands, until the transaction ends; refused unless it is in one of these states."""
    found = Gate.objects.select_for_update().select_related("initiative").get(pk=gate.pk)
    if found.state not in states:
        told = {State.PREPARING: Why.NOT_PREPARING, State.DECIDING: Why.NOT_DECIDING}
        closed = found.state in (State.DECIDED, State.WITHDRAWN)
        raise Refused(Refusal(Why.NOT_OPEN if closed else told[states[0]]))
    return found


# --- While it is prepared --------------------------------------------------------------------------------------------
@transaction.atomic
def name_approver(gate: Gate, user: User, organisation: Organisation, by: str) -> GateApprover:
    """Name someone to decide for an organisation in which they have a role."""
    locked = _locked(gate, State.PREPARING)
    side = side_of(organisation.kind)
    if side not in NEEDED:
        raise Refused(Refusal(Why.SIDE_NEITHER, {"organisation": organisation.name}))
    may_be = {(one.user.pk, one.organisation) for one in rooms.people_of(locked.initiative)}
    if (user.pk, organisation.key) not in may_be:
        raise Refused(Refusal(Why.NOT_IN_PARTY, {"name": str(user)}))
    if locked.approvers.filter(user=user, organisation=organisation).exists():
        raise Refused(Refusal(Why.NAMED_ALREADY, {"name": str(user)}))
    made = GateApprover.objects.create(
        gate=locked, user=user, name=str(user)[:150], organisation=organisation, side=side, named_by=by
    )
    _trail(locked, "named", by, approver=str(user.key), organisation=organisation.key)
    return made


@transaction.atomic
def unname(gate: Gate, approver: GateApprover, by: str) -> None:
    """Take someone off the list of approvers."""
    locked = _locked(gate, State.PREPARING)
    who = str(approver.user.key) if approver.user else ""
    _trail(locked, "unnamed", by, approver=who, organisation=approver.organisation.key)
    approver.delete()


@transaction.atomic
def submit(gate: Gate, by: str, language: str, now: datetime | None = None) -> GateSubmission:
    """Lay the gate before its approvers: the answers are bound, and each hears of it."""
    locked = _locked(gate, State.PREPARING)
    around = asking.around(locked, language)
    refused = [*rules.refuse_sides(one.side for one in around.approvers), *around.hindrances]
    if refused:
        raise Refused(*refused)
    bound = forms.bind(locked.sheet, by, now=now)
    evidence = [
        {"criterion": one.row.criterion, "title": one.row.title, "address": one.row.address, "digest": one.row.digest}
        for one in around.evidence
    ]
    whole = json.dumps([bound.digest, evidence], sort_keys=True, ensure_ascii=False)
    made: GateSubmission = GateSubmission.objects.create(
        gate=locked,
        number=locked.submissions.count() + 1,
        response=bound,
        evidence=evidence,
        digest=hashlib.sha256(whole.encode()).hexdigest(),
        submitted_at=now or timezone.now(),
        submitted_by=by,
    )
    locked.state = State.DECIDING
    locked.save(update_fields=["state"])
    _trail(locked, "submitted", by, digest=made.digest)
    users = {one.user.pk: one.user for one in around.approvers if one.user}
    telling.tell_gate(locked, users, "gate_waits", str(made.pk), {"phase": locked.phase})
    return made


@transaction.atomic
def take_back(gate: Gate, by: str) -> None:
    """Change what was laid forward. What was decided on it is kept, and counts no longer."""
    locked = _locked(gate, State.DECIDING)
    forms.reopen(locked.sheet, by)
    locked.state = State.PREPARING
    locked.save(update_fields=["state"])
    _trail(locked, "took back", by)


@transaction.atomic
def withdraw(gate: Gate, by: str, reason: str) -> None:
    """End an attempt without a decision; everything of it is kept."""
    locked = _locked(gate, State.PREPARING, State.DECIDING)
    locked.state = State.WITHDRAWN
    locked.save(update_fields=["state"])
    _trail(locked, "withdrew", by, reason=reason)


# --- When it is decided ----------------------------------------------------------------------------------------------
@transaction.atomic
def decide(gate: Gate, user: User, organisation: Organisation, given: Given, now: datetime | None = None) -> Gate:
    """One approver decides; the gate is decided when all have, or when one says "not yet"."""
    moment = now or timezone.now()
    locked = _locked(gate, State.DECIDING)
    submission = locked.submissions.first()
    assert submission is not None  # it is being decided on
    _refuse(locked, submission, user, organisation, given, moment)
    verdict: GateVerdict = GateVerdict.objects.create(
        submission=submission,
        organisation=organisation,
        side=side_of(organisation.kind),
        actor=str(user.key),
        name=str(user)[:150],
        decision=given.decision,
        reason=given.reason,
        digest=submission.digest,
        at=moment,
    )
    Condition.objects.bulk_create(Condition(verdict=verdict, text=text, due=due) for text, due in given.conditions)
    detail = {"organisation": organisation.key, "decision": given.decision, "digest": submission.digest}
    _trail(locked, "decided", str(user.key), **detail)
    _settle(locked, submission, str(user.key), moment)
    return locked


def _refuse(
    gate: Gate, submission: GateSubmission, user: User, organisation: Organisation, given: Given, now: datetime
) -> None:
    """Whoever isn't named, has decided, was shown something else or gives no reason is refused."""
    if not gate.approvers.filter(user=user, organisation=organisation).exists():
        raise Refused(Refusal(Why.NOT_APPROVER))
    still = {(one.user.pk, one.organisation) for one in rooms.people_of(gate.initiative)}
    if (user.pk, organisation.key) not in still:
        raise Refused(Refusal(Why.NOT_IN_PARTY, {"name": str(user)}))
    if submission.verdicts.filter(actor=str(user.key), organisation=organisation).exists():
        raise Refused(Refusal(Why.DECIDED_ALREADY))
    if given.shown != submission.digest:
        raise Refused(Refusal(Why.STALE))
    refused = rules.refuse_verdict(given.decision, given.reason, given.conditions, timezone.localdate(now))
    if given.decision is not Decision.BACK:
        refused += asking.hindrances(gate)
    if refused:
        raise Refused(*refused)


def _settle(gate: Gate, submission: GateSubmission, by: str, now: datetime) -> None:
    """Decide the gate when it can be, move the project on, and tell everyone."""
    rows = submission.verdicts.select_related("organisation")
    verdicts = [rules.Verdict(one.actor, one.organisation.key, Decision(one.decision)) for one in rows]
    named = gate.approvers.select_related("user", "organisation")
    approvers = {(str(one.user.key), one.organisation.key) for one in named if one.user}
    decision = rules.outcome(approvers, verdicts)
    if decision is None:
        return
    gate.state, gate.decision, gate.decided_at = State.DECIDED, decision, now
    gate.save(update_fields=["state", "decision", "decided_at"])
    _trail(gate, "settled", by, decision=decision)
    entering = rules.following(Phase(gate.phase))
    day = timezone.localdate(now)
    if decision is not Decision.BACK and entering is not None:
        standing = asking.phase_now(gate.initiative, day) or Phase.ANCHORING
        if standing == gate.phase:
            moving.move(gate.initiative, entering, day, by, gettext("Gate no. %(number)s") % {"number": gate.number})
    users = {one.pk: one for one in telling.everyone(gate.initiative)}
    context = {"decision": decision, "phase": gate.phase, "verdicts": list(rows)}
    telling.tell_gate(gate, users, "gate_decided", str(gate.pk), context)


@transaction.atomic
def meet(condition: Condition, by: str, note: str) -> Condition:
    """A term is met; who says so and how stands with it."""
    locked = Condition.objects.select_for_update().get(pk=condition.pk)
    if locked.met_at is not None:
        raise Refused(Refusal(Why.MET_ALREADY))
    locked.met_at, locked.met_by, locked.met_note = timezone.now(), by, note
    locked.save(update_fields=["met_at", "met_by", "met_note"])
    _trail(locked.verdict.submission.gate, "met", by, condition=locked.pk, note=note)
    return locked


@transaction.atomic
def unmeet(condition: Condition, by: str) -> None:
    """It was said too early: the term stands open again."""
    locked = Condition.objects.select_for_update().get(pk=condition.pk)
    locked.met_at, locked.met_by, locked.met_note = None, "", ""
    locked.save(update_fields=["met_at", "met_by", "met_note"])
    _trail(locked.verdict.submission.gate, "reopened", by, condition=locked.pk)
