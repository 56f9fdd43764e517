"""Pages of those who give guidance: advisors' load, whether the hours carry the next round, and groups."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Role
from helsevev.commons.ui.forms.saying import refuse
from helsevev.core import ledger
from helsevev.core.ledger_sharing import SHARING_NAMES, Sharing, Week
from helsevev.core.words import Refused
from helsevev.network.guidance.actions import convening, grouping
from helsevev.network.guidance.forms.staff import CapacityForm, GroupForm, MemberForm
from helsevev.network.guidance.models import AdvisorCapacity, GuidanceGroup
from helsevev.network.guidance.queries import capacity as asking
from helsevev.network.guidance.queries import listing, rooms
from helsevev.network.guidance.queries import sessions as sessions_asking
from helsevev.network.guidance.rules.sessions import Kind
from helsevev.network.guidance.views.door import crumbs, only, page, person_on
from helsevev.network.guidance.views.sessions import call_form, called
from helsevev.network.portfolio.panels.figures import Place, figure
from helsevev.network.portfolio.views.pictures import answer as picture_answer

# Years that anybody could have worked in.
YEARS = range(2000, 2200)


# --- Load -------------------------------------------------------------------------------------------------------------
def _whose(request: HttpRequest, user: User) -> list[User]:
    """The secretariat sees every advisor, an advisor themselves."""
    if Role.SECRETARIAT in person_on(request).roles:
        return rooms.all_advisors()
    return [user]


def _first(request: HttpRequest) -> Week | None:
    """The week that the reader wants to begin with; not so far away that no calendar holds it."""
    found = Week.read(request.GET.get("from", "")[:10])
    return found if found and found.year in YEARS else None


@require_safe
def load(request: HttpRequest) -> HttpResponse:
    """Advisors' load by week, as picture and table, and what each project takes."""
    user = only(request, "see_own_load")
    language = get_language() or "nb"
    found = asking.loads(_whose(request, user), language, _first(request))
    address = reverse("guidance:load_picture", args=["svg"]).removesuffix(".svg")
    first, step = found.weeks[0], asking.SHOWN_WEEKS // 2
    picture = figure(asking.picture(found, language), Place(address, {"from": str(first)}))
    context = {
        "heading": _("Advisors' load"),
        "figure": picture if found.projects else None,
        "around": [first.after(-step), first.after(step)],
        "span": (found.weeks[0].monday, found.weeks[-1].monday + timedelta(days=6)),
        "weeks": [week.number for week in found.weeks],
        "rows": [
            (
                str(one),
                [ledger.clock(found.of(one, week).both) if found.of(one, week).both else "" for week in found.weeks],
            )
            for one in found.people
        ],
        "projects": [
            {"key": key, "title": title, "who": who, "used": ledger.clock(used), "planned": ledger.clock(planned)}
            for key, title, who, used, planned in found.projects
        ],
        "breadcrumbs": crumbs(None, (_("Advisors' load"), "")),
    }
    return page(request, "guidance/load", None, context)


@require_safe
def load_picture(request: HttpRequest, form: str) -> HttpResponseBase:
    """The load as a picture."""
    user = only(request, "see_own_load")
    language = get_language() or "nb"
    found = asking.loads(_whose(request, user), language, _first(request))
    return picture_answer(request, asking.picture(found, language), form, private=True)


# --- Capacity ---------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def capacity(request: HttpRequest) -> HttpResponse:
    """What advisors can give, have used and have promised, and whether what is left carries the next round."""
    user = only(request, "see_capacity")
    form = CapacityForm(advisors=rooms.all_advisors(), initial=_this_year())
    if request.method == "POST":
        if "withdraw" in request.POST:
            return _withdraw(request, user)
        form = CapacityForm(request.POST, advisors=rooms.all_advisors())
        if form.is_valid() and _give(form, user):
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(request.path)
    found = asking.advisors()
    room = asking.whole(found)
    context = {
        "heading": _("Hours for the next round"),
        "advisors": found,
        "whole": asking.Advisor(user, room).shown,
        "demands": [
            {"name": one.name, "clock": ledger.clock(one.minutes), "carries": room.carries(one.minutes),
             "lacks": ledger.clock(max(one.minutes - room.free, 0))}
            for one in asking.demands()
        ],
        "capacities": AdvisorCapacity.objects.filter(withdrawn_at=None).select_related("user").order_by("-ends", "pk"),
        "form": form,
        "breadcrumbs": crumbs(None, (_("Hours for the next round"), "")),
    }  # fmt: skip
    return page(request, "guidance/capacity", None, context, 422 if form.errors else 200)


def _this_year() -> dict[str, object]:
    today = timezone.localdate()
    return {"starts": today, "ends": today.replace(month=12, day=31)}


def _give(form: CapacityForm, user: User) -> bool:
    made = form.cleaned_data
    advisor = User.objects.get(key=made["advisor"])
    try:
        grouping.give_capacity(advisor, (made["starts"], made["ends"]), made["minutes"], made["note"], str(user.key))
    except Refused as refused:
        refuse(form, refused)
        return False
    return True


def _withdraw(request: HttpRequest, user: User) -> HttpResponse:
    text = request.POST.get("withdraw", "")
    found = AdvisorCapacity.objects.filter(pk=int(text)).first() if text.isdecimal() and len(text) < 10 else None
    if found is None:
        raise Http404
    grouping.withdraw_capacity(found, str(user.key))
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(request.path)


# --- Groups -----------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: HttpRequest) -> HttpResponse:
    """All groups, and a new one."""
    user = only(request, "run_groups")
    form = GroupForm(request.POST if request.method == "POST" else None, initial={"sharing": Sharing.EQUAL.value})
    if form.is_bound and form.is_valid():
        made = grouping.make(form.cleaned_data["name"], Sharing(form.cleaned_data["sharing"]), str(user.key))
        return HttpResponseRedirect(reverse("guidance:group", args=[made.key]))
    context = {
        "heading": _("Groups"),
        "groups": GuidanceGroup.objects.order_by("name"),
        "form": form,
        "breadcrumbs": crumbs(None, (_("Groups"), "")),
    }
    return page(request, "guidance/groups", None, context, 422 if form.errors else 200)


def _one(number: UUID) -> GuidanceGroup:
    found = GuidanceGroup.objects.filter(key=number).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, number: UUID) -> HttpResponse:
    """One group: its rule, its projects and its sessions."""
    user = only(request, "run_groups")
    found, language = _one(number), get_language() or "nb"
    projects = [(row.key, row.title) for row in listing.rows(person_on(request), language) if not row.ended]
    form = MemberForm(request.POST if request.POST.get("do") == "join" else None, projects=projects)
    if request.POST.get("do") == "leave":
        return _leave(request, found, user)
    if form.is_bound and form.is_valid():
        initiative = rooms.initiative(form.cleaned_data["project"])
        engagement = rooms.engagement_of(initiative) if initiative else None
        if engagement is None:
            raise Http404
        grouping.join(found, engagement, timezone.localdate(), str(user.key))
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(request.path)
    members = [
        {"row": one, "place": rooms.main_initiative(one.engagement)}
        for one in found.members.filter(until=None).select_related("engagement")
    ]
    context = {
        "heading": found.name,
        "group": found,
        "rule": _(SHARING_NAMES[Sharing(found.sharing)]),
        "members": [{**one, "title": rooms.title(one["place"], language)} for one in members],  # type: ignore[arg-type]
        "sessions": [
            {"row": one, "url": convening.address(one, user)}
            for one in found.sessions.order_by("-day", "-starts")
            if sessions_asking.engagements(one)
        ],
        "form": form,
        "breadcrumbs": crumbs(None, (_("Groups"), reverse("guidance:groups")), (found.name, "")),
    }
    return page(request, "guidance/group", None, context, 422 if form.errors else 200)


def _leave(request: HttpRequest, found: GuidanceGroup, user: User) -> HttpResponse:
    text = request.POST.get("member", "")
    member = found.members.filter(pk=int(text), until=None).first() if text.isdecimal() and len(text) < 10 else None
    if member is None:
        raise Http404
    grouping.leave(member, timezone.localdate(), str(user.key))
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(request.path)


@require_http_methods(["GET", "HEAD", "POST"])
def convene_group(request: HttpRequest, number: UUID) -> HttpResponse:
    """Call a group's people to a shared session."""
    user = only(request, "run_groups")
    found = _one(number)
    today = timezone.localdate()
    every = {
        str(one.user.key): str(one.user)
        for engagement in sessions_asking.members(found, today)
        for one in rooms.people_of(rooms.main_initiative(engagement))
    }
    initial = {"day": today, "minutes": 120, "kind": Kind.WORKSHOP.value, "people": list(every), "plan": True}
    form = call_form(request, list(every.items()), initial)
    if form.is_bound and form.is_valid():
        try:
            made = convening.convene(found, called(form), str(user.key))
            messages.success(request, _("Everyone invited gets the session in their calendar."))
            return HttpResponseRedirect(convening.address(made, user))
        except Refused as refused:
            refuse(form, refused)
    place = reverse("guidance:group", args=[found.key])
    context = {
        "heading": _("New session"),
        "room_name": found.name,
        "form": form,
        "breadcrumbs": crumbs(
            None, (_("Groups"), reverse("guidance:groups")), (found.name, place), (_("New session"), "")
        ),
    }
    return page(request, "guidance/call", None, context, 422 if form.is_bound and form.errors else 200)
