"""Scores as they stand: given assessments with what they come to, the order, agreement, and where people differ."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format

from helsevev.core.agreement import Agreement, Scale, agreement
from helsevev.network.applications.models import Application, Round
from helsevev.network.assessment.models import Assessment, Score
from helsevev.network.assessment.queries import desk
from helsevev.network.assessment.rules import scoring
from helsevev.network.assessment.rules.scoring import Place, Scores, Spread, Weighed


def given(applications: Iterable[int]) -> Mapping[int, Sequence[Scores]]:
    """The scores of each application, one mapping for each given assessment: one statement."""
    rows = Score.objects.filter(assessment__application_id__in=list(applications), assessment__given_at__isnull=False)
    by_assessment: defaultdict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    fields = ("assessment__application_id", "assessment_id", "criterion__code", "score")
    for application, assessment, code, score in rows.order_by("assessment_id").values_list(*fields):
        by_assessment[application, assessment][code] = score
    found: defaultdict[int, list[Scores]] = defaultdict(list)
    for (application, _assessment), scores in by_assessment.items():
        found[application].append(scores)
    return found


@dataclass(frozen=True)
class Line:
    """One application in the order (rekkefølge)."""

    application: Application
    mean: Fraction | None
    place: Place | None
    spread: tuple[Spread, ...]
    assessments: int

    @property
    def apart(self) -> list[str]:
        """The criteria on which assessors lie two levels or more apart."""
        return [one.code for one in self.spread if one.apart]


@dataclass(frozen=True)
class Order:
    """The order of a round, and how far its assessors agree: over all, and on each criterion."""

    lines: tuple[Line, ...]
    criteria: tuple[Weighed, ...]
    overall: Agreement
    by_criterion: Mapping[str, Agreement]


def order(round_: Round, hidden: frozenset[int]) -> Order:
    """All of it, without what is closed to the reader."""
    rows = [one for one in desk.listed(round_) if one.pk not in hidden]
    criteria, found = desk.weighed(round_), given(one.pk for one in rows)
    places = scoring.sensitivity({str(one.pk): found.get(one.pk, ()) for one in rows}, criteria)
    lines = [
        Line(
            one,
            scoring.mean(found.get(one.pk, ()), criteria),
            places.get(str(one.pk)),
            scoring.spread(found.get(one.pk, ()), criteria),
            len(found.get(one.pk, ())),
        )
        for one in rows
    ]
    last = len(lines) + 1  # told apart from the list, which is empty while it is sorted
    lines.sort(key=lambda one: (one.place.rank if one.place else last, one.application.number))
    units = {code: _units(found.values(), code) for code in (one.code for one in criteria)}
    every = [unit for rows_ in units.values() for unit in rows_]
    return Order(
        tuple(lines),
        tuple(criteria),
        agreement(every, Scale.ORDINAL),
        {code: agreement(rows_, Scale.ORDINAL) for code, rows_ in units.items()},
    )


def units(round_: Round) -> Mapping[str, list[list[int]]]:
    """The scores of a round by criterion, one list for each application: what agreement is computed from."""
    found = given(Application.objects.filter(round=round_).values_list("pk", flat=True))
    return {one.code: _units(found.values(), one.code) for one in desk.weighed(round_)}


def _units(every: Iterable[Sequence[Scores]], code: str) -> list[list[int]]:
    return [[scores[code] for scores in one if code in scores] for one in every]


def assessments(application: Application) -> list[Assessment]:
    """Every assessment of one application with its scores."""
    rows = Assessment.objects.filter(application=application).select_related("user")
    return list(rows.prefetch_related("scores__criterion"))


def shown(value: Fraction | None) -> str:
    """A score with one decimal in the reader's way of writing it, rounded half away from zero as people do."""
    if value is None:
        return ""
    tenths = int(value * 10 + Fraction(1, 2))
    return number_format(Decimal(tenths) / 10, decimal_pos=1)
