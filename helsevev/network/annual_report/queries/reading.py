"""The projects of a report, as its last day saw them."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Max

from helsevev.commons.initiatives.models import Initiative, Party, PhaseMove
from helsevev.core import annual, dates, roadmap
from helsevev.core.roadmap import Move, Phase
from helsevev.network.portfolio.models import LogEntry


def as_seen(projects: Any, cutoff: date) -> Iterable[annual.Project]:  # noqa: ANN401 - a QuerySet of Project
    """The projects as the cut-off saw them, in a number of statements that doesn't grow with them."""
    rows = list(projects.select_related("initiative").prefetch_related("initiative__terms"))
    keys = [row.initiative_id for row in rows]
    histories = _histories(keys)
    spoken = _spoken_of(keys)
    parties: dict[int, dict[str, list[str]]] = {}
    for party in Party.objects.filter(initiative__in=keys):
        parties.setdefault(party.initiative_id, {}).setdefault(party.role, []).append(party.stated_name)
    for row in rows:
        one = row.initiative
        named = parties.get(one.pk, {})
        yield annual.Project(
            key=one.key,
            titles=one.titles,
            award_year=row.award_year,
            award_round=row.award_round,
            owners=tuple(named.get("owner", ())),
            partners=tuple(named.get("partner", ())),
            regions=_codes(one, "health_region"),
            patient_groups=_codes(one, "patient_group"),
            phase=str(roadmap.phase_on(histories.get(one.pk, ()), cutoff) or ""),
            kind=one.kind,
            status=_status(one, cutoff),
            last_year=max(spoken.get(one.pk, 0), _year(one.status_as_of)),
            results={"nb": row.summary_nb, "nn": row.summary_nn, "en": row.summary_en},
            moves=tuple(_moves(histories.get(one.pk, ()), cutoff)),
        )


def _codes(one: Initiative, vocabulary: str) -> tuple[str, ...]:
    found = sorted((term for term in one.terms.all() if term.vocabulary == vocabulary), key=lambda term: term.position)
    return tuple(term.code for term in found)


def _year(written: str) -> int:
    return int(written[:4]) if written[:4].isdigit() else 0


def _status(one: Initiative, cutoff: date) -> str:
    """A status stated for a later year says nothing of this one, except that what ended later went on."""
    if one.status and _year(one.status_as_of) > cutoff.year:
        return str(Initiative.Status.ONGOING)
    return one.status


def _histories(keys: list[int]) -> dict[int, list[Move]]:
    moves: dict[int, list[Move]] = {}
    for row in PhaseMove.objects.filter(initiative__in=keys, withdrawn_at=None):
        move = Move(Phase(row.phase), row.on, row.until, planned=row.planned, as_of=row.as_of)
        moves.setdefault(row.initiative_id, []).append(move)
    return moves


def _moves(history: Iterable[Move], cutoff: date) -> Iterator[tuple[str, bool]]:
    """The phases reached in the year up to its last day, and whether each lies further on than the one before."""
    for one in roadmap.transitions(history):
        day = dates.first_day(one.on)
        if day.year == cutoff.year and day <= cutoff:
            yield str(one.target), one.forward


def _spoken_of(keys: list[int]) -> dict[int, int]:
    """The last year in which something is logged of each project, or it moved."""
    logged = LogEntry.objects.filter(project__in=keys).values_list("project").annotate(last=Max("first_day"))
    moved = PhaseMove.objects.filter(initiative__in=keys, withdrawn_at=None, planned=False)
    found: dict[int, int] = {}
    for key, last in [*logged, *moved.values_list("initiative").annotate(last=Max("first_day"))]:
        found[key] = max(found.get(key, 0), last.year)
    return found
