"""The secretariat's pages of a round at work: the list, sharing out, and the scores with how far they agree."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.commons.ui.forms.saying import tell
from helsevev.core.words import Refused
from helsevev.network.assessment.actions import judging as acting
from helsevev.network.assessment.forms.assessing import ShareForm
from helsevev.network.assessment.models import Assessment, Placement
from helsevev.network.assessment.queries import desk, scores
from helsevev.network.assessment.queries import workbench as telling
from helsevev.network.assessment.rules import scoring
from helsevev.network.assessment.rules.board import SUPPORTED
from helsevev.network.assessment.views.door import enter, of_round, page


@require_safe
def workbench(request: HttpRequest, code: str) -> HttpResponse:
    """All applications of the round, sixty on a page."""
    inside = enter(request, code, "run_round")
    chosen = {name: request.GET.getlist(name) for name in telling.FACETS}
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    found = telling.workbench(inside.round, inside.hidden, chosen, number, get_language() or "nb")
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "found": found,
        "facets": found.facets,
        "query": query.urlencode(),
        "numbers": range(1, found.pages + 1),
        "narrowed": any(chosen.values()),
        "breadcrumbs": of_round(inside),
    }
    return page(request, "workbench", inside, context)


@require_http_methods(["GET", "HEAD", "POST"])
def sharing(request: HttpRequest, code: str) -> HttpResponse:
    """Who assesses what: a proposal, explained, and done when one says so."""
    inside = enter(request, code, "share_out")
    board = desk.board(inside.round)
    initial = {"wanted": board.wanted, "assess_by": board.assess_by.isoformat() if board.assess_by else ""}
    form = ShareForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        made = form.cleaned_data
        try:
            count = acting.share_out(inside.round, made["wanted"], made["assess_by"], inside.by)
        except Refused as refused:
            tell(request, refused)
        else:
            messages.success(request, _("%(count)s assessments were given out.") % {"count": count})
        return HttpResponseRedirect(request.path)
    found, rows, people = acting.propose(inside.round, board.wanted)
    given = list(
        Assessment.objects.filter(application__round=inside.round)
        .exclude(application_id__in=inside.hidden)
        .select_related("application", "application__round", "user")
        .order_by("application__number", "assigned_at")
    )
    context = {
        "form": form,
        "proposal": [
            {"application": rows[one.application], "assessor": people[one.assessor], "had": one.had, "free": one.free}
            for one in found.shares
            if rows[one.application].pk not in inside.hidden
        ],
        "lacking": [
            {"application": rows[key], "count": count}
            for key, count in found.lacking.items()
            if rows[key].pk not in inside.hidden
        ],
        "loads": [
            {"name": str(one), "count": sum(row.user_id == one.pk for row in given),
             "given": sum(row.user_id == one.pk and row.given_at is not None for row in given)}
            for one in people.values()
        ],
        "given": [
            {"row": row, "assessor": str(row.user) if row.user else desk.seat_name(row.seat)} for row in given
        ],
        "breadcrumbs": of_round(inside, (_("Assessors"), "")),
    }  # fmt: skip
    return page(request, "sharing", inside, context, 422 if form.errors else 200)


@require_POST
def take_back(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Take an assessment from somebody."""
    inside = enter(request, code, "share_out")
    row = Assessment.objects.filter(pk=number, application__round=inside.round).select_related("application").first()
    if row is None or row.application_id in inside.hidden:
        raise Http404
    try:
        acting.take_back(row, inside.by)
    except Refused as refused:
        tell(request, refused)
    return HttpResponseRedirect(reverse("assessment:sharing", args=[code]))


@require_safe
def order(request: HttpRequest, code: str) -> HttpResponse:
    """Scores in their order, where assessors differ, how far they agree, and whether the order holds."""
    inside = enter(request, code, "read_assessments")
    language = get_language() or "nb"
    found = scores.order(inside.round, inside.hidden)
    names = {one.code: desk.in_language(one.names, language) for one in inside.round.criteria.all()}
    seats = Placement.objects.filter(application__round=inside.round, outcome__in=SUPPORTED).count()
    places = {str(one.application.pk): one.place for one in found.lines if one.place}
    crossing = scoring.changes_sides(places, seats) if seats else ()
    context = {
        "lines": [
            {
                "line": one,
                "mean": scores.shown(one.mean),
                "spread": [
                    {"name": names.get(part.code, part.code), "lowest": part.lowest, "highest": part.highest,
                     "apart": part.apart}
                    for part in one.spread
                ],
                "crosses": str(one.application.pk) in crossing,
            }
            for one in found.lines
        ],
        "agreements": [
            {"name": _("All criteria"), "found": found.overall, "meaning": _(found.overall.meaning)},
            *(
                {"name": names.get(code, code), "found": one, "meaning": _(one.meaning)}
                for code, one in found.by_criterion.items()
            ),
        ],
        "seats": seats,
        "breadcrumbs": of_round(inside, (_("Scores"), "")),
    }  # fmt: skip
    return page(request, "order", inside, context)
