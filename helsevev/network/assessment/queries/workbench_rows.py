"""The rows of a round's list: three statements however many, and flat words that cost little to draw.

A template that asks a model row for every cell costs several times what the data costs, so a row's cells are written
here; what many rows say alike, such as a condition that is met, is written once. All that people wrote is escaped.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, reduce
from typing import Any, TypedDict
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from helsevev.network.applications.models import Application, Author, Criterion, Round
from helsevev.network.applications.queries import submitted
from helsevev.network.applications.rules.rounds_content import CriterionKind
from helsevev.network.assessment.models import Assessment, Note, ScreeningAnswer
from helsevev.network.assessment.queries import desk, prepared, scores
from helsevev.network.assessment.rules import scoring
from helsevev.network.assessment.rules.scoring import ADVICE_NAMES, Advice
from helsevev.network.assessment.rules.screening import VERDICT_NAMES, Verdict

COLORS = {Verdict.MET: "success", Verdict.UNCLEAR: "warning", Verdict.NOT_MET: "danger"}
NOTHING, BREAK = SafeString(""), SafeString("<br>")
COLUMNS = ("pk", "key", "number", "title", "owner__name", "step", "continues", "gone", "lead", "said")
NO_KEY = str(UUID(int=0))
Rows = QuerySet[Any, Any]
Cells = Mapping[int, SafeString]


class Row(TypedDict):
    """An application on the list."""

    url: str
    name: str
    lead: str
    owner: str
    status: str
    renewed: bool
    taken_back: bool
    notes: int
    screening: SafeString
    screen: str
    assessors: SafeString
    mean: str


def rows(
    round_: Round, pks: Sequence[int], criteria: Iterable[Criterion], status: Mapping[str, str], language: str
) -> list[Row]:
    """The rows of one page, in the order of their keys."""
    kept = {row[0]: row[1:] for row in prepared.of_page(_listed, pks)}
    page, screen = (reverse(f"assessment:{name}", args=[NO_KEY]) for name in ("application", "screening"))
    screening, (assessors, means) = _screening(pks, criteria, language), _assessed(pks, criteria)
    return [
        {
            "url": page.replace(NO_KEY, _dashed(key)),
            "name": f"{round_.code}-{number:03} {title}",
            "lead": lead or "",
            "owner": owner,
            "status": status.get(step, step),
            "renewed": renewed,
            "taken_back": taken_back,
            "notes": count,
            "screening": screening.get(pk, NOTHING),
            "screen": "" if pk in screening else screen.replace(NO_KEY, _dashed(key)),
            "assessors": assessors.get(pk, NOTHING),
            "mean": means.get(pk, ""),
        }
        for pk in pks
        if pk in kept  # not gone meanwhile
        for key, number, title, owner, step, renewed, taken_back, lead, count in [kept[pk]]
    ]


def _dashed(key: UUID | str) -> str:
    """A key as addresses have it; SQLite keeps keys without dashes."""
    return str(key) if isinstance(key, UUID) else str(UUID(key))


def _listed() -> Rows:
    leaders = Author.objects.filter(application=OuterRef("pk"), part=Author.Part.LEADER, left_at=None)
    notes = Note.objects.filter(application=OuterRef("pk")).order_by().values("application")
    rows = Application.objects.filter(pk__in=prepared.PAGE).annotate(
        continues=submitted.RENEWED,
        gone=submitted.TAKEN_BACK,
        lead=Subquery(leaders.order_by("joined_at").values("user__name")[:1]),
        said=Coalesce(Subquery(notes.annotate(number=Count("pk")).values("number")), 0),
    )
    return rows.order_by().values_list(*COLUMNS)


def _screening(pks: Sequence[int], criteria: Iterable[Criterion], language: str) -> Cells:
    """What was judged of each condition, as labels."""
    names = {one.pk: desk.in_language(one.names, language) for one in criteria}

    @cache
    def label(criterion: int, verdict: str) -> SafeString:
        judged = Verdict(verdict)
        words = f"{names.get(criterion, '')}: {_(VERDICT_NAMES[judged])}"
        return format_html('<span class="ds-tag" data-color="{}">{}</span>', COLORS[judged], words)

    found: defaultdict[int, SafeString] = defaultdict(SafeString)
    for pk, criterion, verdict in prepared.of_page(_judged, pks):
        found[pk] += label(criterion, verdict)
    return found


def _judged() -> Rows:
    answers = ScreeningAnswer.objects.filter(application_id__in=prepared.PAGE).order_by("criterion__position")
    return answers.values_list("application_id", "criterion_id", "verdict")


def _assessed(pks: Sequence[int], criteria: Iterable[Criterion]) -> tuple[Cells, Mapping[int, str]]:
    """Who assesses with what they recommend, and the score: assessments and their scores in one statement."""
    weighed = {one.pk: one.code for one in criteria if one.kind == CriterionKind.ASSESSED}
    ruler = scoring.ruler(desk.as_weighed(criteria))
    people: defaultdict[int, dict[int, SafeString]] = defaultdict(dict)
    given: defaultdict[int, defaultdict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    told = cache(_told)
    for pk, one, name, seat, advice, is_given, criterion, score in prepared.of_page(_given, pks):
        people[pk][one] = told(name or "", seat, advice)
        if is_given and criterion in weighed:
            given[pk][one][weighed[criterion]] = score
    lines = {pk: reduce(lambda one, two: one + BREAK + two, found.values()) for pk, found in people.items()}
    return lines, {pk: scores.shown(ruler.mean(found.values())) for pk, found in given.items()}


def _given() -> Rows:
    asked = Assessment.objects.filter(application_id__in=prepared.PAGE).order_by("assigned_at", "pk")
    columns = ("application_id", "pk", "user__name", "seat", "advice", "given", "scores__criterion_id", "scores__score")
    return asked.annotate(given=Q(given_at__isnull=False)).values_list(*columns)


def _told(name: str, seat: str, advice: str) -> SafeString:
    """An assessor and the recommendation."""
    label = _(ADVICE_NAMES[Advice(advice)]) if advice else _("Not given")
    return format_html("{}: {}", name or desk.seat_name(seat), label)
