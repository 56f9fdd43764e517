"""The allocation board and the minutes that come of it."""

from dataclasses import asdict

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import dateformat, timezone
from django.utils.formats import get_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from helsevev.commons.people import queries as people
from helsevev.commons.people.views.keeping_typed import keeps_typed
from helsevev.commons.ui.forms.saying import all_said
from helsevev.core import papers
from helsevev.core.words import Refused, gettext_noop
from helsevev.network.applications.queries import rounds_showing as showing
from helsevev.network.applications.rules.rounds_content import Outcome
from helsevev.network.assessment.actions import boards as acting
from helsevev.network.assessment.actions import reserves
from helsevev.network.assessment.forms.assessing import MaybeWhyForm, OfferForm, PlaceForm, WhyForm
from helsevev.network.assessment.models import Declaration
from helsevev.network.assessment.queries import boards as asking
from helsevev.network.assessment.rules import board as rules
from helsevev.network.assessment.rules.board import Placed, State, Step
from helsevev.network.assessment.views.door import Inside, enter, of_round, page
from helsevev.network.guidance.queries import capacity

BUTTONS = (Step.RECOMMEND, Step.SEND_BACK, Step.DECIDE, Step.REOPEN)


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def board(request: HttpRequest, code: str) -> HttpResponse:
    """The board: each application with where it is placed, the hours, the balance, and what comes next."""
    inside = enter(request, code, "see_board")
    if request.method == "POST":
        return _take(request, inside)
    return _page(request, inside, [], None)


def _take(request: HttpRequest, inside: Inside) -> HttpResponse:
    """Place one application, or take a step with the whole board."""
    if request.POST.get("step"):
        return _step(request, inside)
    if request.POST.get("do") in ("offer", "give_up"):
        return _after(request, inside)
    every = {str(one.key): one for one in asking.decidable(inside.round) if one.pk not in inside.hidden}
    application = every.get(request.POST.get("application", ""))
    if application is None:
        raise Http404
    form = PlaceForm(request.POST)
    if not form.is_valid():
        faults = [str(text) for texts in form.errors.values() for text in texts]
        return _page(request, inside, faults, form, str(application.key))
    made = form.cleaned_data
    wanted = Placed(Outcome(made["outcome"]), made["hours"] or 0, made["reserve"] or 0, made["reason"])
    try:
        acting.place(application, wanted, inside.by, inside.roles, made["seen"])
    except Refused as refused:
        return _page(request, inside, all_said(refused), form, str(application.key), made["seen"])
    messages.success(request, _("%(number)s is placed.") % {"number": application.code})
    return HttpResponseRedirect(f"{request.path}#a{application.number}")


def _after(request: HttpRequest, inside: Inside) -> HttpResponse:
    """A place that became free after the decision: written down, or given to the next on the reserve list."""
    every = {str(one.key): one for one in asking.decidable(inside.round) if one.pk not in inside.hidden}
    application = every.get(request.POST.get("application", ""))
    if application is None:
        raise Http404
    form: forms.Form
    if request.POST["do"] == "give_up":
        form = WhyForm(request.POST)
    else:
        form = OfferForm(request.POST, supports=inside.round.supports)
    if not form.is_valid():
        faults = [str(text) for texts in form.errors.values() for text in texts]
        return _page(request, inside, faults, None, "", None, form)
    made = form.cleaned_data
    try:
        if request.POST["do"] == "give_up":
            reserves.give_up(application, made["reason"], inside.by, inside.roles)
            said = _("Written down. The hours of %(number)s are free.")
        else:
            wanted = Placed(Outcome(made["outcome"]), made["hours"])
            reserves.offer(application, wanted, inside.by, inside.roles, made["seen"])
            said = _("%(number)s has the place. Now make the letter about it, and send it.")
    except Refused as refused:
        return _page(request, inside, all_said(refused), None, "", None, form)
    messages.success(request, said % {"number": application.code})
    return HttpResponseRedirect(f"{request.path}#a{application.number}")


def _step(request: HttpRequest, inside: Inside) -> HttpResponse:
    asked, seen = request.POST.get("step", ""), request.POST.get("seen", "")
    if asked not in set(BUTTONS):
        raise Http404
    number = int(seen) if seen.isdecimal() and len(seen) < 9 else 0
    try:
        acting.step(inside.round, Step(asked), inside.by, inside.roles, number, request.POST.get("reason", "")[:4000])
    except Refused as refused:
        return _page(request, inside, all_said(refused), None, "", number)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(request.path)


def _page(
    request: HttpRequest,
    inside: Inside,
    faults: list[str],
    sent: PlaceForm | None,
    sent_key: str = "",
    seen: int | None = None,
    after: forms.Form | None = None,
) -> HttpResponse:
    """The board as it stands; where somebody was first, with what they did and what was typed kept."""
    found = asking.shown(inside.round, inside.hidden)
    state = State(found.board.state)
    may_place, gives_up = _may(inside, state, Step.PLACE), _may(inside, state, Step.GIVE_UP)
    columns = [
        {
            "outcome": outcome,
            "label": label,
            "rows": [
                {
                    "row": one,
                    "form": sent if str(one.application.key) == sent_key else _form(one, found.board.version),
                    "waits": one.application.pk in found.unscreened,
                    "given_up": one.placed is not None and one.placed.given_up,
                    "may_give_up": one.placed is not None and one.placed.is_supported and gives_up,
                }
                for one in rows
            ],
        }
        for outcome, label, rows in found.columns()
    ]
    every = [one.placed for one in found.rows]
    context = {
        "found": found,
        "advisors": capacity.advisors(),
        "columns": columns,
        "state": _(rules.STATE_NAMES[state]),
        "may_place": may_place,
        "may_screen": inside.may("screen"),
        **_next(inside, found, after, may_offer=_may(inside, state, Step.OFFER), may_place=may_place),
        "why_form": after if isinstance(after, WhyForm) else WhyForm(),
        "buttons": [
            {"step": one.value, "label": _(LABELS[one]), "danger": one in (Step.SEND_BACK, Step.REOPEN)}
            for one in BUTTONS
            if _may(inside, state, one)
        ],
        "reason_form": MaybeWhyForm(initial={"reason": request.POST.get("reason", "") if faults else ""}),
        "typed": request.POST.get("reason", "").strip() if faults else "",
        "lacks": all_said(Refused(*rules.refuse_close(inside.round.hours, every, len(found.unscreened))))
        if not found.left_out
        else [],
        "balance": asking.balance(found, get_language() or "nb"),
        "faults": faults,
        "meanwhile": asking.steps(found.board, inside.hidden, seen) if seen is not None and faults else [],
        "steps": asking.steps(found.board, inside.hidden)[::-1],
        "breadcrumbs": of_round(inside, (_("Board"), "")),
    }
    return page(request, "board", inside, context, 409 if faults else 200)


def _next(
    inside: Inside, found: asking.Shown, sent: forms.Form | None, *, may_offer: bool, may_place: bool
) -> dict[str, object]:
    """Who is next on the reserve list while hours are left, and the form that gives them the place."""
    row = found.next_in_line
    if row is None or not (may_offer or may_place):
        return {"next_row": None}
    supported = [one.placed.hours for one in found.rows if one.placed is not None and one.placed.is_supported]
    usual = sum(supported) // len(supported) if supported else found.frame.left
    initial = {"seen": found.board.version, "hours": min(found.frame.left, usual) or found.frame.left}
    form = sent if isinstance(sent, OfferForm) else OfferForm(initial=initial, supports=inside.round.supports)
    return {"next_row": row, "offer_form": form if may_offer else None}


LABELS = {
    Step.RECOMMEND: gettext_noop("Recommend this to the steering group"),
    Step.SEND_BACK: gettext_noop("Send back to the resource group"),
    Step.DECIDE: gettext_noop("Decide"),
    Step.REOPEN: gettext_noop("Take the decision up again"),
}


def _may(inside: Inside, state: State, step: Step) -> bool:
    needed = rules.needs(state, step)
    return bool(needed and inside.roles & acting.HOLDERS[needed])


def _form(row: asking.Row, version: int) -> PlaceForm:
    there = row.placement
    initial: dict[str, object] = {"seen": version, "outcome": Outcome.TAILORED.value}
    if there:
        initial |= {"outcome": there.outcome, "hours": there.hours or "", "reserve": there.reserve or ""}
        initial["reason"] = there.reason
    return PlaceForm(initial=initial, auto_id=f"id_{row.application.number}_%s")


@require_safe
def minutes(request: HttpRequest, code: str) -> HttpResponse:
    """The minutes of the allocation, made from what was done."""
    inside = enter(request, code, "see_board")
    found = _minutes(inside)
    if request.GET.get("form") == "pdf":
        about = papers.About(get_language() or "nb", timezone.now(), _("The network"), _)
        response = HttpResponse(papers.minutes(found, about), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="minutes-{inside.round.code}.pdf"'
        response["Cache-Control"] = "no-store"
        return response
    return page(request, "minutes", inside, {"minutes": found, "breadcrumbs": of_round(inside, (_("Minutes"), ""))})


def _minutes(inside: Inside) -> papers.Minutes:
    shown = asking.shown(inside.round, inside.hidden)
    board = shown.board
    names = people.actor_names({one for one in (board.recommended_by, board.decided_by) if one})
    when = [
        (_("State"), _(rules.STATE_NAMES[State(board.state)])),
        (_("Hours"), _("%(given)s of %(total)s given") % {"given": shown.frame.given, "total": shown.frame.total}),
    ]
    for label, at, by in (
        (_("Recommended"), board.recommended_at, board.recommended_by),
        (_("Decided"), board.decided_at, board.decided_by),
    ):
        if at:
            day = dateformat.format(timezone.localtime(at), get_format("DATETIME_FORMAT"))
            when.append((label, f"{day}, {names.get(by, by)}"))
    if shown.left_out:
        when.append((_("Left out"), _("%(count)s that the reader has ties to") % {"count": shown.left_out}))
    items = [
        papers.Item(
            label,
            decisions=[f"{one.application.code} {one.application.title}: {_decided(one)}" for one in rows],
        )
        for _outcome, label, rows in shown.columns()
        if rows
    ]  # fmt: skip
    items.append(papers.Item(_("Conflicts of interest"), decisions=_recused(inside) or [_("None")]))
    items.append(papers.Item(_("What was done"), decisions=_done(inside, shown)))
    title = _("Minutes of the allocation, %(round)s") % {"round": showing.name(inside.round)}
    return papers.Minutes(title, when, items)


def _decided(row: asking.Row) -> str:
    """Where an application is placed, and why."""
    placed = row.placed
    if placed is None:
        return _("Not placed")
    said = asking.said(asdict(placed))
    return f"{said}. {placed.reason}"


def _recused(inside: Inside) -> list[str]:
    """Who kept away from what, without the reasons."""
    rows = Declaration.objects.filter(application__round=inside.round, conflict=True)
    rows = rows.exclude(application_id__in=inside.hidden).select_related("user", "application__round")
    return [
        _("%(person)s took no part in %(number)s.") % {"person": one.user, "number": one.application.code}
        for one in rows.order_by("application__number")
    ]


def _done(inside: Inside, shown: asking.Shown) -> list[str]:
    found = []
    for one in asking.steps(shown.board, inside.hidden):
        day = dateformat.format(timezone.localtime(one["at"]), get_format("DATETIME_FORMAT"))
        change = " → ".join(part for part in (one["before"], one["after"]) if part)
        words = [f"{day}, {one['who']}: {one['what']}", f"{one['code']}" if one["code"] else "", change, one["why"]]
        found.append(". ".join(part for part in words if part))
    return found or [_("Nothing yet")]
