"""The board as it stands: every application with its placement, the hours, the balance, and what was done."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from helsevev.commons.people import queries as people
from helsevev.core.sides import SIDE_NAMES, Side, side_of
from helsevev.core.words import gettext_noop
from helsevev.network.applications.models import Application, Partner, Round, Submission
from helsevev.network.applications.rules.rounds_content import OUTCOME_NAMES, Outcome
from helsevev.network.applications.rules.workflow import Kind
from helsevev.network.assessment.models import Board, BoardStep, Placement
from helsevev.network.assessment.queries import desk, scores
from helsevev.network.assessment.rules import board as rules
from helsevev.network.assessment.rules.board import Frame, Placed, Traits
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
    """The whole board for one reader; `left_out` counts what is closed to them."""

    board: Board
    rows: tuple[Row, ...]
    frame: Frame
    left_out: int

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
    return Placed(Outcome(row.outcome), row.hours, row.reserve, row.reason) if row else None


def decidable(round_: Round) -> list[Application]:
    """Applications that are to be placed: those that weren't stopped."""
    rows = desk.listed(round_).select_related("round__workflow", "owner")
    return [one for one in rows if desk.kind(one) is not Kind.STOPPED]


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
    return Shown(board, tuple(rows), frame, len(every) - len(open_))


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
    if value.get("hours"):
        return _("%(outcome)s, %(hours)s hours") % {"outcome": outcome, "hours": value["hours"]}
    if value.get("reserve"):
        return _("%(outcome)s, place %(place)s") % {"outcome": outcome, "place": value["reserve"]}
    return str(outcome)
