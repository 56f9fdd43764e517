"""Pilots: beginning one, counting its weeks, holding its reviews, and telling what it gave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit import actions as audit
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import User
from helsevev.core.piloting.pacing import Week
from helsevev.core.words import Refusal, Refused
from helsevev.network.piloting.actions import papers, warning
from helsevev.network.piloting.models import Paper, PaperVersion, Pilot, PilotResult, PilotReview, WeekCount
from helsevev.network.piloting.queries import papers as texts
from helsevev.network.piloting.queries import pilots as asking
from helsevev.network.piloting.queries import words
from helsevev.network.piloting.rules import counting, protocol, reviewing
from helsevev.network.piloting.rules.reviewing import Choice, Decision


def _refuse_protocol(paper: Paper, content: Mapping[str, object]) -> list[Refusal]:
    amends = any(one.is_agreed for one in texts.history(paper))
    return protocol.refuse_offer(content, words.current(paper.initiative), amends=amends)


def _protocol_agreed(paper: Paper, _version: PaperVersion, _by: str) -> None:
    """An amendment may change what the forecast says."""
    if paper.pilot:
        warning.judge(paper.pilot)


papers.SORTS[Paper.Kind.PROTOCOL] = papers.Sort(
    "piloting:protocol", "piloting:edit", _refuse_protocol, _protocol_agreed
)


@transaction.atomic
def begin(initiative: Initiative, by: str, note: str = "") -> Pilot:
    """Begin a pilot with an empty protocol; a next one when the last has its result."""
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    last = asking.newest(initiative)
    if last and asking.result(last) is None:
        raise Refused(Refusal(reviewing.Why.RUNNING))
    made = Pilot.objects.create(initiative=initiative, number=last.number + 1 if last else 1, begun_by=by, note=note)
    before = Paper.objects.filter(pilot=last).values_list("content", flat=True).first() if last else None
    kept = {name: value for name, value in (before or {}).items() if name not in ("why", "counts_from", "anew")}
    Paper.objects.create(initiative=initiative, kind=Paper.Kind.PROTOCOL, pilot=made, content=kept, changed_by=by)
    audit.record(by, "began", "pilot", f"{initiative.key}/{made.number}")
    return made


@dataclass(frozen=True)
class Counted:
    """A week as it was typed (telling): the week, why it changes, and the page's token."""

    week: Week
    why: str
    token: UUID


@transaction.atomic
def count(pilot: Pilot, sent: Counted, by: str, today: date | None = None) -> WeekCount:
    """Keep a week's numbers as a new row; two presses of one button keep one."""
    Pilot.objects.select_for_update().get(pk=pilot.pk)
    kept: WeekCount | None = WeekCount.objects.filter(token=sent.token, pilot=pilot).first()
    if kept:
        return kept
    day = today or timezone.localdate()
    story = asking.story(pilot, day)
    if story.now is None or story.plan is None:
        raise Refused(Refusal(counting.Why.NOT_SIGNED))
    if story.result is not None:
        raise Refused(Refusal(counting.Why.STOPPED))
    row, before = sent.week, story.latest(sent.week.monday)
    known = counting.reasons(protocol.rows(story.now.row.content, "criteria"))
    if unknown := set(row.excluded) - set(known) - set(before.excluded if before else ()):
        raise Refused(Refusal(counting.Why.NO_REASON, {"reason": ", ".join(sorted(unknown))}))
    stands = asking.as_week(before) if before else None
    if faults := counting.refuse_count(row, stands, story.plan, day, sent.why):
        raise Refused(*faults)
    made = WeekCount.objects.create(
        pilot=pilot,
        monday=row.monday,
        until=row.until,
        included=row.included,
        excluded=dict(row.excluded),
        why=sent.why.strip(),
        token=sent.token,
        actor=by,
    )
    detail = {"week": row.monday, "included": row.included, "excluded": sum(row.excluded.values())}
    audit.record(by, "corrected" if before else "counted", "pilot", _key(pilot), detail)
    warning.judge(pilot, day)
    return made


@dataclass(frozen=True)
class Reviewed:
    """A review as it was typed."""

    planned: date
    held: date
    choice: Choice
    why: str
    token: UUID


@transaction.atomic
def review(pilot: Pilot, sent: Reviewed, user: User, today: date | None = None) -> PilotReview:
    """Keep what the deciders decided."""
    Pilot.objects.select_for_update().get(pk=pilot.pk)
    kept: PilotReview | None = PilotReview.objects.filter(token=sent.token, pilot=pilot).first()
    if kept:
        return kept
    day = today or timezone.localdate()
    story = asking.story(pilot, day)
    if story.now is None:
        raise Refused(Refusal(reviewing.Why.NO_PROTOCOL))
    if str(user.key) not in protocol.deciders(story.now.row.content):
        raise Refused(Refusal(reviewing.Why.NOT_DECIDER))
    faults = reviewing.refuse_review(sent.planned, sent.held, story.planned_reviews, frozenset(story.held), day)
    if not sent.why.strip():
        faults.append(Refusal(reviewing.Why.REASON))
    if faults:
        raise Refused(*faults)
    made = PilotReview.objects.create(
        pilot=pilot,
        planned_on=sent.planned,
        held_on=sent.held,
        choice=sent.choice,
        why=sent.why.strip(),
        token=sent.token,
        actor=str(user.key),
        name=user.name or user.email,
    )
    detail = {"planned": sent.planned, "choice": sent.choice}
    audit.record(str(user.key), "reviewed", "pilot", _key(pilot), detail)
    return made


@dataclass(frozen=True)
class Given:
    """A result as it was typed."""

    learned: str
    decision: Decision
    reason: str
    others: str
    outcomes: Sequence[Mapping[str, object]]
    why: str = ""
    seen: int = 0


@transaction.atomic
def give_result(pilot: Pilot, sent: Given, user: User) -> PilotResult:
    """Keep what the pilot gave; told anew, it is a new row with the reason."""
    Pilot.objects.select_for_update().get(pk=pilot.pk)
    story, last = asking.story(pilot), asking.result(pilot)
    if story.now is None:
        raise Refused(Refusal(reviewing.Why.NO_PROTOCOL))
    same = (sent.learned, sent.decision, sent.reason, sent.others, [dict(one) for one in sent.outcomes])
    if last and (last.learned, last.decision, last.reason, last.others, last.outcomes) == same:
        return last
    if sent.seen != (last.number if last else 0):
        raise Refused(Refusal(reviewing.Why.STALE))
    if last and not sent.why.strip():
        raise Refused(Refusal(reviewing.Why.RESULT_REASON))
    made = PilotResult.objects.create(
        pilot=pilot,
        number=last.number + 1 if last else 1,
        learned=sent.learned,
        decision=sent.decision,
        reason=sent.reason,
        others=sent.others,
        outcomes=same[4],
        why=sent.why.strip(),
        actor=str(user.key),
        name=user.name or user.email,
    )
    audit.record(str(user.key), "concluded", "pilot", _key(pilot), {"decision": sent.decision, "number": made.number})
    return made


def _key(pilot: Pilot) -> str:
    return f"{pilot.initiative.key}/{pilot.number}"
