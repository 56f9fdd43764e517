"""The secretariat's list of a round: sixty on a page in a fixed number of statements, narrowed by what matters."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from helsevev.core.words import gettext_noop
from helsevev.network.applications.models import Application, Author, Criterion, Round
from helsevev.network.applications.queries import rounds as rounds_asking
from helsevev.network.applications.rules.rounds_content import CriterionKind
from helsevev.network.assessment.models import Assessment, Note, ScreeningAnswer
from helsevev.network.assessment.queries import desk, scores
from helsevev.network.assessment.rules import scoring
from helsevev.network.assessment.rules.scoring import ADVICE_NAMES, Advice
from helsevev.network.assessment.rules.screening import VERDICT_NAMES, Verdict

PAGE = 60
NOT_SCREENED = "not_screened"
SCREENED = {**{one.value: VERDICT_NAMES[one] for one in Verdict}, NOT_SCREENED: gettext_noop("Not screened")}
ASSESSED = {
    "none": gettext_noop("No assessment given"),
    "some": gettext_noop("Some given"),
    "all": gettext_noop("All given"),
}
KINDS = {"new": gettext_noop("New"), "renewed": gettext_noop("Renewed")}
FACETS = ("status", "screening", "assessed", "kind")


@dataclass(frozen=True)
class Facet:
    """What one can narrow by, as the component takes it."""

    name: str
    label: str
    options: list[dict[str, Any]]


@dataclass
class Row:
    """An application on the list."""

    application: Application
    status: str
    lead: str = ""
    screening: list[dict[str, str]] = field(default_factory=list)
    assessors: list[dict[str, str]] = field(default_factory=list)
    mean: str = ""
    notes: int = 0
    renewed: bool = False
    taken_back: bool = False


@dataclass(frozen=True)
class Workbench:
    """A page of it."""

    rows: list[Row]
    facets: list[Facet]
    found: int
    every: int
    page: int
    pages: int


Chosen = Mapping[str, list[str]]


def workbench(round_: Round, hidden: frozenset[int], chosen: Chosen, page: int, language: str) -> Workbench:
    """The page that is asked for."""
    flow = rounds_asking.steps(round_)
    criteria = list(Criterion.objects.filter(round=round_))
    conditions = sum(one.kind == CriterionKind.ELIGIBILITY for one in criteria)
    traits = _traits(round_, hidden, conditions)
    kept = [pk for pk, one in traits.items() if all(one[name] in chosen[name] for name in FACETS if chosen.get(name))]
    pages = max(1, -(-len(kept) // PAGE))
    here = min(max(page, 1), pages)
    names = {
        "status": {step.code: step.name(language) for step in flow.steps},
        "screening": {code: _(name) for code, name in SCREENED.items()},
        "assessed": {code: _(name) for code, name in ASSESSED.items()},
        "kind": {code: _(name) for code, name in KINDS.items()},
    }
    rows = _rows(round_, kept[(here - 1) * PAGE : here * PAGE], criteria, names["status"], language)
    return Workbench(rows, _facets(traits, chosen, names), len(kept), len(traits), here, pages)


def _traits(round_: Round, hidden: frozenset[int], conditions: int) -> dict[int, dict[str, str]]:
    """What each application is narrowed by: one light statement for the whole round."""
    answers = ScreeningAnswer.objects.filter(application=OuterRef("pk"))
    assessments = Assessment.objects.filter(application=OuterRef("pk"))
    rows = desk.listed(round_).annotate(
        against=Exists(answers.filter(verdict=Verdict.NOT_MET)),
        unclear=Exists(answers.filter(verdict=Verdict.UNCLEAR)),
        met=_count(answers.filter(verdict=Verdict.MET)),
        asked=_count(assessments),
        given=_count(assessments.filter(given_at__isnull=False)),
    )
    names = ("pk", "step", "renewed", "against", "unclear", "met", "asked", "given")
    found = {}
    for pk, step, renewed, against, unclear, met, asked, given in rows.values_list(*names):
        if pk in hidden:
            continue
        screened = Verdict.NOT_MET.value if against else Verdict.UNCLEAR.value if unclear else ""
        found[pk] = {
            "status": step,
            "screening": screened or (Verdict.MET.value if conditions and met >= conditions else NOT_SCREENED),
            "assessed": "all" if asked and given == asked else "some" if given else "none",
            "kind": "renewed" if renewed else "new",
        }
    return found


def _count(rows: QuerySet[Any]) -> Coalesce:
    """How many of these an application has; counted apart, as joins would multiply what is counted."""
    counted = rows.order_by().values("application").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def _facets(
    traits: Mapping[int, Mapping[str, str]], chosen: Chosen, names: Mapping[str, Mapping[str, str]]
) -> list[Facet]:
    """Each with how many there would be of every value, were only the others chosen."""
    labels = {
        "status": _("Status"),
        "screening": _("Screening"),
        "assessed": _("Assessments"),
        "kind": _("New or renewed"),
    }
    found = []
    for name in FACETS:
        others = [one for one in FACETS if one != name and chosen.get(one)]
        counts = Counter(one[name] for one in traits.values() if all(one[o] in chosen[o] for o in others))
        options = [
            {"value": value, "label": label, "count": counts[value], "checked": value in chosen.get(name, ())}
            for value, label in names[name].items()
            if counts[value] or value in chosen.get(name, ())
        ]
        found.append(Facet(name, labels[name], options))
    return found


def _rows(
    round_: Round, pks: list[int], criteria: Iterable[Criterion], status: Mapping[str, str], language: str
) -> list[Row]:
    """The rows of one page: three statements and the scores', however many."""
    leaders = Author.objects.filter(application=OuterRef("pk"), part=Author.Part.LEADER, left_at=None)
    lead = Subquery(leaders.order_by("joined_at").values("user__name")[:1])
    notes_of = Note.objects.filter(application=OuterRef("pk"))
    listed = desk.listed(round_).select_related(None).select_related("owner").filter(pk__in=pks)
    listed = listed.annotate(count=_count(notes_of), lead=lead)
    for one in listed:
        one.round = round_  # the same for all: read once
    rows = {
        pk: Row(one, status.get(step, step), lead or "", notes=notes, renewed=bool(renewed), taken_back=bool(back))
        for one in listed
        for pk, step, lead, notes, renewed, back in [_plain(one)]
    }
    names = {one.pk: desk.in_language(one.names, language) for one in criteria}
    answers = ScreeningAnswer.objects.filter(application_id__in=pks).order_by("criterion__position")
    for pk, criterion, verdict in answers.values_list("application_id", "criterion_id", "verdict"):
        label = f"{names.get(criterion, '')}: {_(VERDICT_NAMES[Verdict(verdict)])}"
        rows[pk].screening.append({"label": label, "color": COLORS[Verdict(verdict)]})
    _add_assessments(rows, [one for one in criteria if one.kind == CriterionKind.ASSESSED])
    return [rows[pk] for pk in pks if pk in rows]


def _plain(one: Any) -> tuple[int, str, str | None, int, bool, bool]:  # noqa: ANN401 - a row with what the statement adds
    return one.pk, one.step, one.lead, one.count, one.renewed, one.taken_back


COLORS = {Verdict.MET: "success", Verdict.UNCLEAR: "warning", Verdict.NOT_MET: "danger"}


def _add_assessments(rows: Mapping[int, Row], criteria: Iterable[Criterion]) -> None:
    given = Assessment.objects.filter(application_id__in=rows).order_by("assigned_at", "pk")
    people: defaultdict[int, list[dict[str, str]]] = defaultdict(list)
    for pk, name, seat, advice in given.values_list("application_id", "user__name", "seat", "advice"):
        label = _(ADVICE_NAMES[Advice(advice)]) if advice else _("Not given")
        people[pk].append({"name": name or desk.seat_name(seat), "advice": label})
    weighed = [
        scoring.Weighed(one.code, one.weight, tuple(int(level["score"]) for level in one.levels))
        for one in criteria
        if one.levels
    ]
    found, weights = scores.given(rows), scoring.weights_of(weighed)
    for pk, row in rows.items():
        row.assessors = people[pk]
        row.mean = scores.shown(scoring.mean(found.get(pk, ()), weighed, weights))
