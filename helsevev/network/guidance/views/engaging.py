"""The engagement itself: opening it, its period, advisors, what is agreed, its story, hours that come and go."""

from collections.abc import Callable, Mapping

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import User
from helsevev.commons.ui.forms.saying import all_said, refuse
from helsevev.core.ledger_sharing import Counting
from helsevev.core.words import Refusal, Refused
from helsevev.network.guidance.actions import booking, engaging
from helsevev.network.guidance.forms.engaging import (
    AdvisorForm,
    AmountForm,
    CountingForm,
    ExtendForm,
    ItemForm,
    OpenForm,
    TransferForm,
    WhyForm,
)
from helsevev.network.guidance.forms.fields import split_lines
from helsevev.network.guidance.models import AgreedItem, Engagement
from helsevev.network.guidance.queries import ledger_showing, rooms, story
from helsevev.network.guidance.rules.engagements import SUPPORT_NAMES, ItemKind, Support, Why
from helsevev.network.guidance.views.door import Inside, crumbs, enter, only, page


# --- Opening ----------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def open_engagement(request: HttpRequest) -> HttpResponse:
    """Open an engagement on any project, with a reason."""
    user = only(request, "open_engagement")
    today = timezone.localdate()
    initial = {
        "project": request.GET.get("project", "")[:100],
        "starts": today,
        "ends": today + engaging.FIRST_PERIOD,
        "counting": Counting.EACH_ADVISOR.value,
    }
    data = request.POST if request.method == "POST" else None
    form = OpenForm(data, initial=initial, advisors=rooms.all_advisors())
    if form.is_bound and form.is_valid() and (made := _open(form, user)):
        messages.success(request, _("The engagement is open."))
        return HttpResponseRedirect(reverse("guidance:engagement", args=[rooms.main_initiative(made).key]))
    context = {
        "heading": _("Open an engagement"),
        "form": form,
        "breadcrumbs": crumbs(None, (_("Open an engagement"), "")),
    }
    return page(request, "guidance/open", None, context, 422 if form.errors else 200)


def _open(form: OpenForm, user: User) -> Engagement | None:
    made = form.cleaned_data
    initiative = Initiative.objects.filter(key=made["project"]).first()
    if initiative is None:
        form.add_error("project", _(Why.NO_SUCH_PROJECT) % {"key": made["project"]})
        return None
    terms = engaging.Terms(
        Support(made["support"]),
        made["starts"],
        made["ends"],
        made["minutes"],
        Counting(made["counting"]),
        made["counting_note"],
        list(User.objects.filter(key__in=made["advisors"])),
        split_lines(made["goals"]),
        split_lines(made["deliverables"]),
    )
    try:
        return engaging.open_(initiative, terms, str(user.key), made["why"])
    except Refused as refused:
        refuse(form, refused)
    return None


# --- Its page ---------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def engagement(request: HttpRequest, key: str) -> HttpResponse:
    """Period, advisors, goals, deliverables and story; forms for those who may change them."""
    inside = enter(request, key)
    made = _forms(inside)
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        what = request.POST.get("do", "")
        if what not in DOINGS or not inside.may(DOINGS[what][0]):
            raise Http404
        form = _bound(inside, what, request)
        if form is None or form.is_valid():
            try:
                DOINGS[what][1](inside, form.cleaned_data if form else {}, request)
                messages.success(request, _("Saved."))
                return HttpResponseRedirect(request.path)
            except Refused as refused:
                faults = tuple(all_said(refused))
        if form is not None:
            made[what] = form
    row = inside.engagement
    context = {
        "heading": _("The engagement"),
        "row": row,
        "support": _(SUPPORT_NAMES[Support(row.support)]),
        "rule": ledger_showing.in_words(row.counting, row.counting_note),
        "advisors": list(rooms.advising(row)),
        "parties": rooms.parties(inside.initiative),
        "memberships": list(row.memberships.filter(until=None).select_related("group")),
        "agreed": story.agreed(row),
        "steps": story.steps(row)[::-1],
        "forms": made,
        "may_change": inside.may("change_engagement"),
        "may_agree": inside.may("agree") and row.closed_at is None,
        "faults": faults,
        "today": timezone.localdate(),
        "breadcrumbs": crumbs(inside, (_("The engagement"), "")),
    }
    wrong = faults or any(form.errors for form in made.values())
    return page(request, "guidance/engagement", inside, context, 422 if wrong else 200)


def _forms(inside: Inside) -> dict[str, forms.Form]:
    row = inside.engagement
    return {
        "extend": ExtendForm(auto_id="extend_%s", initial={"ends": row.ends}),
        "return": AmountForm(auto_id="return_%s"),
        "transfer": TransferForm(auto_id="transfer_%s"),
        "counting": CountingForm(
            auto_id="counting_%s", initial={"counting": row.counting, "counting_note": row.counting_note}
        ),
        "advisor": AdvisorForm(
            auto_id="advisor_%s", initial={"since": timezone.localdate()}, advisors=rooms.all_advisors()
        ),
        "item": ItemForm(auto_id="item_%s"),
        "close": WhyForm(auto_id="close_%s"),
        "reopen": WhyForm(auto_id="reopen_%s"),
    }


def _bound(inside: Inside, what: str, request: HttpRequest) -> forms.Form | None:
    found = _forms(inside).get(what)
    if isinstance(found, AdvisorForm):
        return AdvisorForm(request.POST, auto_id="advisor_%s", advisors=rooms.all_advisors())
    return type(found)(request.POST, auto_id=f"{what}_%s") if found else None


Do = Callable[[Inside, dict[str, object], HttpRequest], object]


def _extend(inside: Inside, made: dict[str, object], _request: HttpRequest) -> None:
    engaging.extend(inside.engagement, made["minutes"] or 0, made["ends"], made["why"], inside.by)  # type: ignore[arg-type]


def _give_back(inside: Inside, made: dict[str, object], _request: HttpRequest) -> None:
    booking.give_back(inside.engagement, made["minutes"], made["why"], inside.by)  # type: ignore[arg-type]


def _transfer(inside: Inside, made: dict[str, object], _request: HttpRequest) -> None:
    found = rooms.initiative(str(made["project"]))
    taker = rooms.engagement_of(found) if found else None
    if taker is None:
        raise Refused(Refusal(Why.NO_SUCH_PROJECT, {"key": made["project"]}))
    booking.transfer(inside.engagement, taker, made["minutes"], made["why"], inside.by)  # type: ignore[arg-type]


def _counting(inside: Inside, made: dict[str, object], _request: HttpRequest) -> None:
    counting = Counting(str(made["counting"]))
    engaging.change_counting(inside.engagement, counting, str(made["counting_note"]), str(made["why"]), inside.by)


def _advisor(inside: Inside, made: dict[str, object], _request: HttpRequest) -> None:
    user = User.objects.get(key=str(made["advisor"]))
    engaging.add_advisor(inside.engagement, user, made["since"], inside.by)  # type: ignore[arg-type]


def _end_advisor(inside: Inside, _made: dict[str, object], request: HttpRequest) -> None:
    wanted = request.POST.get("advisor", "")
    found = next((one.user for one in rooms.advising(inside.engagement) if str(one.user.key) == wanted), None)
    if found is None:
        raise Http404
    engaging.end_advisor(inside.engagement, found, timezone.localdate(), inside.by)


def _item(inside: Inside, made: dict[str, object], _request: HttpRequest) -> None:
    engaging.agree(inside.engagement, ItemKind(str(made["kind"])), str(made["text"]), made["due"], inside.by)  # type: ignore[arg-type]


def _settle(inside: Inside, _made: dict[str, object], request: HttpRequest) -> None:
    text = request.POST.get("item", "")
    rows = AgreedItem.objects.filter(engagement=inside.engagement)
    found = rows.filter(pk=int(text)).first() if text.isdecimal() and len(text) < 10 else None
    if found is None:
        raise Http404
    engaging.settle_item(found, done=request.POST.get("how") != "drop", by=inside.by)


def _close(inside: Inside, made: dict[str, object], _request: HttpRequest) -> None:
    engaging.close(inside.engagement, str(made["why"]), inside.by)


def _reopen(inside: Inside, made: dict[str, object], _request: HttpRequest) -> None:
    engaging.reopen(inside.engagement, str(made["why"]), inside.by)


# What may be done on the page, with the permission that it needs.
DOINGS: Mapping[str, tuple[str, Do]] = {
    "extend": ("grant_hours", _extend),
    "return": ("grant_hours", _give_back),
    "transfer": ("grant_hours", _transfer),
    "counting": ("change_engagement", _counting),
    "advisor": ("change_engagement", _advisor),
    "end_advisor": ("change_engagement", _end_advisor),
    "item": ("agree", _item),
    "settle": ("agree", _settle),
    "close": ("change_engagement", _close),
    "reopen": ("change_engagement", _reopen),
}
