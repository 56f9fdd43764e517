"""What is deleted when, shown before it is done, and done after being asked; and the figures of a round, which stay."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from helsevev.commons.people.models import User
from helsevev.commons.ui.forms.saying import all_said, tell
from helsevev.core.agreement import Scale, agreement
from helsevev.core.sides import SIDE_NAMES, Side
from helsevev.core.words import Refused, gettext_noop
from helsevev.network.applications.queries import rounds as rounds_asking
from helsevev.network.applications.queries import rounds_showing as showing
from helsevev.network.applications.rules.rounds_content import OUTCOME_NAMES, Outcome
from helsevev.network.applications.views.door import person_on
from helsevev.network.assessment.actions import retention as acting
from helsevev.network.assessment.queries import desk, scores
from helsevev.network.assessment.queries import retention as asking
from helsevev.network.assessment.queries.boards import AGES, TRAITS
from helsevev.network.assessment.rules import PERMISSIONS
from helsevev.network.assessment.rules import retention as rules
from helsevev.network.assessment.rules.board import State
from helsevev.network.assessment.rules.retention import Figure, Stage
from helsevev.network.assessment.views.door import crumbs, enter, of_round, page
from helsevev.network.portfolio.queries.naming import Naming

WHAT: Mapping[str, str] = {
    "applications": gettext_noop("Applications"),
    "files": gettext_noop("Files"),
    "writers": gettext_noop("People who wrote them"),
    "screening": gettext_noop("Answers to conditions"),
    "assessments": gettext_noop("Assessments"),
    "scores": gettext_noop("Scores"),
    "notes": gettext_noop("Notes from meetings"),
    "letters": gettext_noop("Letters"),
    "questions": gettext_noop("Questions"),
    "declarations": gettext_noop("Declarations"),
    "assessors": gettext_noop("Assessments with an assessor's name"),
    "sheets": gettext_noop("Sheets with what assessors typed"),
    "reasons": gettext_noop("Reasons why someone was kept away"),
    "lifts": gettext_noop("Ties that were lifted"),
    "panel": gettext_noop("Seats on the panel"),
}
FIGURES: Mapping[tuple[str, str], str] = {
    ("applications", "never_sent"): gettext_noop("Begun and never sent"),
    ("applications", "sent"): gettext_noop("Sent in"),
    ("applications", "withdrawn"): gettext_noop("Withdrawn"),
    ("applications", "stopped"): gettext_noop("Stopped at screening"),
    ("applications", "by_grace"): gettext_noop("Taken after the deadline, by grace"),
    ("applications", "renewed"): gettext_noop("Renewed"),
    ("outcome", "given_up"): gettext_noop("Given up by the applicants"),
    ("hours", "given"): gettext_noop("Hours of guidance granted"),
    ("assessments", "given"): gettext_noop("Assessments given"),
    ("assessors", "who_gave"): gettext_noop("Assessors"),
    ("assessors", "recused"): gettext_noop("Times someone was kept from an application"),
}


def _only(request: HttpRequest) -> User:
    """Who may see and do this; nobody else learns that it is there."""
    if not person_on(request).roles & PERMISSIONS["forget"].anywhere or not isinstance(request.user, User):
        raise Http404
    return request.user


@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """Every stage of every round: what goes, how much, when it falls due and when it is done."""
    _only(request)
    now = timezone.now()
    lines = [_line(one) for one in asking.lines()]
    context = {
        "due": [one for one in lines if one["line"].due <= now],
        "later": [one for one in lines if one["line"].due > now],
        "stages": [(_(rules.STAGE_NAMES[one]), _(rules.STAGE_ABOUT[one])) for one in Stage],
        "days": rules.SHOWN.days,
        "breadcrumbs": crumbs((_("What is deleted when"), "")),
    }
    return page(request, "retention", None, context)


def _line(line: asking.Line) -> dict[str, Any]:
    return {
        "line": line,
        "round": showing.name(line.round),
        "stage": _(rules.STAGE_NAMES[line.stage]),
        "going": _going(line),
        "url": reverse("assessment:forget", args=[line.round.code, line.stage.value]),
    }


def _going(line: asking.Line) -> list[dict[str, object]]:
    return [{"term": _(WHAT[one.what]), "value": one.count} for one in line.going if one.count]


@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest, code: str, stage: str) -> HttpResponse:
    """Do one stage of one round that is due, after being asked with what goes."""
    user = _only(request)
    round_ = rounds_asking.one(code)
    line = asking.one_line(round_, Stage(stage)) if round_ and stage in set(Stage) else None
    if round_ is None or line is None:
        raise Http404
    why: list[str] = []
    if request.method == "POST":
        try:
            acting.forget(round_, line.stage, str(user.key), request.POST.get("seen", ""))
        except Refused as refused:
            why = all_said(refused)
            line = asking.one_line(round_, line.stage) or line
        else:
            messages.success(request, _("It is done. The figures of the round are kept."))
            return HttpResponseRedirect(reverse("assessment:retention"))
    refusal = rules.refuse(line.due, timezone.now(), line.going)
    if refusal is not None and not why:
        tell(request, Refused(refusal))
        return HttpResponseRedirect(reverse("assessment:retention"))
    context = {
        "title": f"{showing.name(round_)}: {_(rules.STAGE_NAMES[line.stage])}",
        "body": " ".join(why) or _(rules.STAGE_ABOUT[line.stage]),
        "consequences": [
            *(f"{one['term']}: {one['value']}" for one in _going(line)),
            _("This can't be taken back. The figures of the round are kept."),
        ],
        "hidden": {"seen": line.mark},
        "action": _("Delete now"),
        "danger": True,
        "cancel_url": reverse("assessment:retention"),
        "breadcrumbs": crumbs((_("What is deleted when"), reverse("assessment:retention")), (showing.name(round_), "")),
    }
    return page(request, "confirm", None, context, 409 if why else 200)


# --- Figures ---------------------------------------------------------------------------------------------------------
@require_safe
def figures(request: HttpRequest, code: str) -> HttpResponse:
    """The figures of a round: the same before and after its applications are deleted."""
    inside = enter(request, code, "see_figures")
    if inside.hidden and desk.board(inside.round).state != State.PUBLISHED:
        # Before all is published, a count of few would tell of one that is closed to the reader.
        raise Http404
    language = get_language() or "nb"
    found = asking.figures(inside.round)
    kept = asking.is_gone(inside.round)
    units = asking.kept_units(inside.round) if kept else scores.units(inside.round)
    names = {one.code: desk.in_language(one.names, language) for one in inside.round.criteria.all()}
    context = {
        "plain": [
            {"term": _plain(one), "value": one.count}
            for one in found
            if ":" not in one.what and (one.count or _is_main(one))
        ],
        "balance": _balance(found, language),
        "agreements": [
            {"name": names.get(code_, code_), "found": agreement(rows, Scale.ORDINAL), "mean": _mean(rows)}
            for code_, rows in units.items()
        ],
        "kept": kept,
        "breadcrumbs": of_round(inside, (_("Figures"), "")),
    }
    return page(request, "figures", inside, context)


def _plain(one: Figure) -> str:
    if one.what == "outcome" and one.value in set(Outcome):
        return _(OUTCOME_NAMES[Outcome(one.value)])
    return _(FIGURES[one.what, one.value])


def _is_main(one: Figure) -> bool:
    return one.value in ("sent", "never_sent", "renewed")


def _mean(rows: list[list[int]]) -> str:
    every = [score for row in rows for score in row]
    return scores.shown(Fraction(sum(every), len(every))) if every else ""


def _balance(found: list[Figure], language: str) -> list[dict[str, object]]:
    """How guidance fell beside what was applied for."""
    naming = Naming(language)
    supported = {
        (one.what.partition(":")[2], one.value): one.count for one in found if one.what.startswith("supported:")
    }
    return [
        {
            "trait": _(TRAITS[trait]),
            "value": _value(naming, trait, one.value),
            "applied": one.count,
            "supported": supported.get((trait, one.value), 0),
        }
        for one in found
        for what, _colon, trait in [one.what.partition(":")]
        if what == "applied" and trait
    ]


def _value(naming: Naming, trait: str, value: str) -> str:
    vocabulary = {"region": "health_region", "group": "patient_group"}.get(trait)
    if vocabulary:
        return naming.term(vocabulary, value) or value
    return _(SIDE_NAMES[Side(value)]) if trait == "level" else _(AGES[value])
