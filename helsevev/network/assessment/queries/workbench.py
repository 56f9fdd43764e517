"""The secretariat's list of a round: sixty on a page in a fixed number of statements, narrowed by what matters."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from helsevev.commons.ui.rules import Facet, Option
from helsevev.core.words import gettext_noop
from helsevev.network.applications.models import Application, Criterion, Round
from helsevev.network.applications.queries import rounds as rounds_asking
from helsevev.network.applications.queries import submitted
from helsevev.network.applications.rules.rounds_content import CriterionKind
from helsevev.network.assessment.queries import prepared
from helsevev.network.assessment.queries import workbench_rows as drawing
from helsevev.network.assessment.rules.screening import VERDICT_NAMES, Verdict

PAGE = len(prepared.PAGE)
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
class Workbench:
    """A page of it."""

    rows: list[drawing.Row]
    facets: list[Facet]
    found: int
    every: int
    page: int
    pages: int


Chosen = Mapping[str, list[str]]
Rows = QuerySet[Any, Any]
# What an application is narrowed by, in the order of FACETS.
Traits = tuple[str, str, str, str]


def workbench(round_: Round, hidden: frozenset[int], chosen: Chosen, page: int, language: str) -> Workbench:
    """The page that is asked for."""
    flow = rounds_asking.steps(round_)
    criteria = list(Criterion.objects.filter(round=round_))
    conditions = sum(one.kind == CriterionKind.ELIGIBILITY for one in criteria)
    traits = _traits(round_, hidden, conditions)
    counts = Counter(traits.values())
    fitting = {one for one in counts if _fits(one, chosen)}
    kept = [pk for pk, one in traits.items() if one in fitting]
    pages = max(1, -(-len(kept) // PAGE))
    here = min(max(page, 1), pages)
    names = {
        "status": {step.code: step.name(language) for step in flow.steps},
        "screening": {code: _(name) for code, name in SCREENED.items()},
        "assessed": {code: _(name) for code, name in ASSESSED.items()},
        "kind": {code: _(name) for code, name in KINDS.items()},
    }
    rows = drawing.rows(round_, kept[(here - 1) * PAGE : here * PAGE], criteria, names["status"], language)
    return Workbench(rows, _facets(counts, chosen, names), len(kept), len(traits), here, pages)


def _traits(round_: Round, hidden: frozenset[int], conditions: int) -> dict[int, Traits]:
    """What each application is narrowed by, by number: two light statements for the whole round."""
    aside, screened = submitted.not_handled(round_), _screened(round_, conditions)
    return {
        pk: (
            step,
            screened.get(pk, NOT_SCREENED),
            "all" if asked and given == asked else "some" if given else "none",
            "renewed" if renewed else "new",
        )
        for pk, _number, step, renewed, asked, given in prepared.of_round(_handled, round_.pk)
        if step not in aside and pk not in hidden
    }


def _handled() -> Rows:
    rows = Application.objects.filter(round_id=prepared.ROUND, first_sent_at__isnull=False).order_by("number")
    named = rows.annotate(continues=submitted.RENEWED).values_list("pk", "number", "step", "continues")
    return named.annotate(asked=Count("assessments"), given=Count("assessments__given_at"))


def _screened(round_: Round, conditions: int) -> dict[int, str]:
    """What its judged conditions say of each application; one that lacks a judgement isn't met yet."""
    found = {}
    for pk, met, unclear, against in prepared.of_round(_judged, round_.pk):
        if against or unclear:
            found[pk] = Verdict.NOT_MET.value if against else Verdict.UNCLEAR.value
        elif conditions and met >= conditions:
            found[pk] = Verdict.MET.value
    return found


def _judged() -> Rows:
    # Asked of applications, not of answers: their keys are in order already, so nothing has to be sorted.
    counts = {one.value: Count("screening", filter=Q(screening__verdict=one)) for one in Verdict}
    return Application.objects.filter(round_id=prepared.ROUND).order_by().values_list("pk").annotate(**counts)


def _facets(counts: Mapping[Traits, int], chosen: Chosen, names: Mapping[str, Mapping[str, str]]) -> list[Facet]:
    """Each with how many there would be of every value, were only the others chosen."""
    labels = {
        "status": _("Status"),
        "screening": _("Screening"),
        "assessed": _("Assessments"),
        "kind": _("New or renewed"),
    }
    found: list[Facet] = []
    for place, name in enumerate(FACETS):
        others: Counter[str] = Counter()
        for traits, count in counts.items():
            if _fits(traits, chosen, but=name):
                others[traits[place]] += count
        options: list[Option] = [
            {"value": value, "label": label, "count": others[value], "checked": value in chosen.get(name, ())}
            for value, label in names[name].items()
            if others[value] or value in chosen.get(name, ())
        ]
        found.append({"name": name, "label": labels[name], "options": options})
    return found


def _fits(traits: Traits, chosen: Chosen, but: str = "") -> bool:
    """Whether they are among what is chosen, leaving one facet out."""
    return all(
        not chosen.get(name) or name == but or trait in chosen[name] for name, trait in zip(FACETS, traits, strict=True)
    )
