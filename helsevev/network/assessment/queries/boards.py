"""The board as it stands: every application with its placement, the hours, the balance, and what was done."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from helsevev.commons.people import queries as people
from helsevev.core.sides import SIDE_NAMES, Side, side_of
from helsevev.core.words import gettext_noop
from helsevev.network.applications.models import Application, Partner, Round, Submission
from helsevev.network.applications.queries import rounds as rounds_asking
from helsevev.network.applications.rules.rounds_content import OUTCOME_NAMES, CriterionKind, Outcome
from helsevev.network.applications.rules.workflow import Kind
from helsevev.network.assessment.models import Board, BoardStep, Placement
from helsevev.network.assessment.queries import desk, scores
from helsevev.network.assessment.rules import board as rules
from helsevev.network.assessment.rules.board import Frame, InLine, Placed, Traits
from helsevev.network.portfolio.queries.naming import Naming

TRAITS = {
    "region": gettext_noop("Health region"),
    "level": gettext_noop("Level of government"),
    "group": gettext_noop("Patient group"),
    "renewed": gettext_noop("New or renewed"),
}
AGES = {"new": gettext_noop("New"), "renewed": gettext_noop("Renewed")}
GROUPS = "patient_groups"


@dataclass(frozen=True)
class Row:
    """An application on the board."""

    application: Application
    placement: Placement | None
    mean: str
    rank: int | None
    traits: Traits

    @property
    def placed(self) -> Placed | None:
        """Where it is placed, as rules understand it."""
        return placed(self.placement)


@dataclass(frozen=True)
class Shown:
    """The whole board for one reader; `left_out` counts what is closed to them, `line` is the whole reserve list."""

    board: Board
    rows: tuple[Row, ...]
    frame: Frame
    left_out: int
    unscreened: frozenset[int]
    line: tuple[InLine, ...]

    @property
    def next_in_line(self) -> Row | None:
        """Who is next on the reserve list while hours are left; nobody, where that is closed to the reader."""
        first = rules.next_in_line(self.line)
        if first is None or self.frame.left < 1:
            return None
        return next((one for one in self.rows if one.application.code == first.number), None)

    def columns(self) -> list[tuple[str, str, list[Row]]]:
        """The rows by where they are placed, unplaced ones first."""
        found = [("", _("Not placed"), [one for one in self.rows if one.placement is None])]
        for outcome in Outcome:
            here = [one for one in self.rows if one.placement and one.placement.outcome == outcome]
            here.sort(key=lambda one: (one.placement.reserve if one.placement else 0, one.application.number))
            found.append((outcome.value, _(OUTCOME_NAMES[outcome]), here))
        return found


def placed(row: Placement | None) -> Placed | None:
    """A placement as rules understand it."""
    if row is None:
        return None
    return Placed(Outcome(row.outcome), row.hours, row.reserve, row.reason, row.given_up_at is not None)


def unscreened(round_: Round, applications: Iterable[Application]) -> frozenset[int]:
    """Those that nobody has let go on yet, in a round where somebody must: its steps or its conditions say so."""
    kinds = {step.code: step.kind for step in rounds_asking.steps(round_).steps}
    if Kind.SCREENING not in kinds.values() and not desk.criteria(round_, CriterionKind.ELIGIBILITY):
        return frozenset()
    return frozenset(one.pk for one in applications if kinds[one.step] in (Kind.RECEIVED, Kind.SCREENING))


def line(round_: Round) -> list[InLine]:
    """The reserve list."""
    return [InLine(one.application.code, one.reserve) for one in standing(round_) if one.outcome == Outcome.RESERVE]


def decidable(round_: Round) -> list[Application]:
    """Applications that are to be placed: those that weren't stopped."""
    rows = desk.listed(round_).select_related("round__workflow", "owner")
    return [one for one in rows if desk.kind(one) is not Kind.STOPPED]


def standing(round_: Round) -> list[Placement]:
    """The placements that count: those of applications that are still in the round and weren't given up."""
    rows = Placement.objects.filter(application__in=[one.pk for one in decidable(round_)], given_up_at=None)
    return list(rows.select_related("application__round__workflow", "application__owner").order_by(
        "application__number"
    ))  # fmt: skip


def with_free_places() -> list[Round]:
    """Rounds in which a place was given up after the decision, and somebody on the reserve list waits for its hours."""
    rows = Round.objects.filter(applications__placement__given_up_at__isnull=False).select_related("workflow")
    return [one for one in rows.distinct() if hours(one).left > 0 and line(one)]


def hours(round_: Round) -> Frame:
    """What is given of the round's hours, and left."""
    return rules.frame(round_.hours, (placed(one) for one in standing(round_)))


def shown(round_: Round, hidden: frozenset[int]) -> Shown:
    """The board for a reader to whom some are closed. The hours count all, whoever looks."""
    board = desk.board(round_)
    every = decidable(round_)
    placements = {one.application_id: one for one in Placement.objects.filter(application__round=round_)}
    open_ = [one for one in every if one.pk not in hidden]
    order = {one.application.pk: one for one in scores.order(round_, hidden).lines}
    traits = _traits([one.pk for one in open_])
    rows = [
        Row(
            one,
            placements.get(one.pk),
            scores.shown(order[one.pk].mean) if one.pk in order else "",
            place.rank if one.pk in order and (place := order[one.pk].place) else None,
            traits.get(one.pk, (Traits()))
            if not one.renewed  # type: ignore[attr-defined]
            else _renewed(traits.get(one.pk, Traits())),
        )
        for one in open_
    ]
    frame = rules.frame(round_.hours, (placed(placements.get(one.pk)) for one in every))
    line_ = [
        InLine(one.code, there.reserve)
        for one in every
        if (there := placements.get(one.pk)) is not None and there.outcome == Outcome.RESERVE
    ]
    left_out = len(every) - len(open_)
    return Shown(board, tuple(rows), frame, left_out, unscreened(round_, every), tuple(line_))


def _renewed(traits: Traits) -> Traits:
    return Traits(traits.regions, traits.levels, traits.groups, renewed=True)


def _traits(pks: list[int]) -> Mapping[int, Traits]:
    regions: dict[int, set[str]] = {pk: set() for pk in pks}
    levels: dict[int, set[str]] = {pk: set() for pk in pks}
    fields = ("application_id", "organisation__health_region", "organisation__kind")
    for pk, region, kind in Partner.objects.filter(application_id__in=pks).values_list(*fields):
        regions[pk] |= {region} - {""}
        levels[pk].add(side_of(kind).value)
    groups = _groups(pks)
    return {pk: Traits(frozenset(regions[pk]), frozenset(levels[pk]), frozenset(groups.get(pk, ()))) for pk in pks}


def _groups(pks: list[int]) -> Mapping[int, list[str]]:
    """The patient groups that each newest submission names."""
    rows = Submission.objects.filter(application_id__in=pks).order_by("number")
    found: dict[int, list[str]] = {}
    for pk, text in rows.values_list("application_id", "response__response"):
        found[pk] = answered(json.loads(text), GROUPS)
    return found


def answered(response: Mapping[str, Any], link_id: str) -> list[str]:
    """The codes or texts that a response gives to one question."""
    for item in response.get("item", ()):
        if item.get("linkId") == link_id:
            return [_value(one) for one in item.get("answer", ())]
        if found := answered(item, link_id):
            return found
    return []


def _value(answer: Mapping[str, Any]) -> str:
    coding = answer.get("valueCoding")
    return str(coding.get("code", "")) if coding else str(next(iter(answer.values()), ""))


def balance(found: Shown, language: str) -> list[dict[str, Any]]:
    """How guidance falls, in words."""
    naming = Naming(language)
    vocabulary = {"region": "health_region", "group": "patient_group"}

    def label(trait: str, value: str) -> str:
        if trait in vocabulary:
            return naming.term(vocabulary[trait], value) or value
        return _(SIDE_NAMES[Side(value)]) if trait == "level" else _(AGES[value])

    weights = rules.balance((one.traits, one.placed) for one in found.rows)
    return [
        {"trait": _(TRAITS[one.trait]), "value": label(one.trait, one.value), "applied": one.applied,
         "supported": one.supported}
        for one in weights
    ]  # fmt: skip


def steps(board: Board, hidden: frozenset[int], since: int = 0) -> list[dict[str, Any]]:
    """What was done on the board, oldest first, without what is closed to the reader."""
    rows = BoardStep.objects.filter(board_id=board.pk or 0, number__gt=since).select_related("application__round")
    kept = [one for one in rows if one.application_id not in hidden]
    names = people.actor_names({one.by for one in kept})
    return [
        {
            "number": one.number,
            "what": _(rules.STEP_NAMES[rules.Step(one.step)]),
            "code": one.application.code if one.application else "",
            "title": one.application.title if one.application else "",
            "before": said(one.before),
            "after": said(one.after),
            "why": one.why,
            "who": names.get(one.by, one.by),
            "at": one.at,
        }
        for one in kept
    ]


def said(value: Mapping[str, Any]) -> str:
    """A placement in words."""
    if not value:
        return ""
    outcome = _(OUTCOME_NAMES[Outcome(value["outcome"])])
    if value.get("given_up"):
        return _("%(outcome)s, given up") % {"outcome": outcome}
    if value.get("hours"):
        return _("%(outcome)s, %(hours)s hours") % {"outcome": outcome, "hours": value["hours"]}
    if value.get("reserve"):
        return _("%(outcome)s, place %(place)s") % {"outcome": outcome, "place": value["reserve"]}
    return str(outcome)
