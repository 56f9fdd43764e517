"""Registering, and one's own page. Opening a link only shows a page: the button acts, whoever opens links first."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from helsevev.commons.people.models import User
from helsevev.commons.ui.forms.saying import refuse, said, tell
from helsevev.core.words import Refused
from helsevev.network.events.actions import attending, letters, registering
from helsevev.network.events.actions.registering import Wish
from helsevev.network.events.forms.registering import CheckInForm, RegisterForm
from helsevev.network.events.models import Attendee, Meeting
from helsevev.network.events.queries import people
from helsevev.network.events.rules.meetings import MODE_NAMES, Mode, State, may_check_in, may_join, refuse_register
from helsevev.network.events.views.calendar import ics
from helsevev.network.events.views.door import crumbs, private, public, told


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, key: str) -> HttpResponse:
    """Register for a meeting, with an account or without."""
    row = public(request, key)
    user = request.user if isinstance(request.user, User) else None
    first = {"name": user.name if user else ""}
    form = RegisterForm(request.POST or None, meeting=row, email=user.email if user else "", initial=first)
    refusal = refuse_register(
        State(row.state), takes=row.takes_registrations, starts=row.begins, closes=row.closes, now=timezone.now()
    )
    if request.method == "POST" and refusal is None and form.is_valid():
        made = form.cleaned_data
        wish = Wish(form.people, form.chosen_mode, made["side"], made["organisation"])
        try:
            done = registering.register(row, wish, get_language() or "nb", user)
        except Refused as refused:
            refuse(form, refused)
        else:
            return HttpResponseRedirect(_after(row, done.people.get(position=0) if user else None))
    context = {
        "meeting": row,
        **told(row),
        "form": form,
        "user_here": user,
        "why_not": said(refusal) if refusal else "",
        "breadcrumbs": crumbs((row.title, reverse("events:meeting", args=[row.key])), (_("Register"), "")),
    }
    return private(request, "register", context, 409 if refusal else 422 if form.errors else 200)


def _after(row: Meeting, one: Attendee | None) -> str:
    return reverse("events:own", args=[one.token]) if one else reverse("events:sent", args=[row.key])


@require_safe
def sent(request: HttpRequest, key: str) -> HttpResponse:
    """Look in your post."""
    row = public(request, key)
    where = crumbs((row.title, reverse("events:meeting", args=[row.key])), (_("Register"), ""))
    return private(request, "sent", {"meeting": row, "breadcrumbs": where})


def mine(token: str) -> Attendee:
    """Whose page this is."""
    one = people.by_token(token)
    if one is None:
        raise Http404
    return one


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """One's own page: confirm, see how one stands, find the way in, check in, cancel."""
    one = mine(token)
    if request.method == "POST":
        return _act(request, one, token)
    row, now = one.registration.meeting, timezone.now()
    is_in = one.registration.state == "registered"
    context = {
        "meeting": row,
        **told(row),
        "person": one,
        "registration": one.registration,
        "others": one.registration.people.filter(gone_at=None).exclude(pk=one.pk) if one.position == 0 else [],
        "mode": _(MODE_NAMES[Mode(one.registration.mode)]),
        "place_in_line": people.place_in_line(one.registration),
        "join": row.link if is_in and may_join(row.begins, row.ends, now) and row.state == "published" else "",
        "has_link": bool(row.link) and is_in,
        "may_check_in": is_in and may_check_in(row.begins, row.ends, now) and one.attended_at is None,
        "may_cancel": row.begins is not None and now < row.begins,
        "breadcrumbs": crumbs((row.title, reverse("events:meeting", args=[row.key])), (_("Your registration"), "")),
    }
    return private(request, "own", context)


def _act(request: HttpRequest, one: Attendee, token: str) -> HttpResponse:
    act, row = request.POST.get("act"), one.registration.meeting
    try:
        if act == "confirm" and one.position == 0:
            registering.confirm(one.registration)
        elif act == "check_in":
            attending.check_in(row, request.POST.get("code", ""), one.email)
            messages.success(request, _("You are checked in."))
        elif act == "cancel":
            registering.leave(one)
            messages.success(request, _("Your registration is cancelled."))
            return HttpResponseRedirect(reverse("events:meeting", args=[row.key]))
    except Refused as refused:
        tell(request, refused)
    return HttpResponseRedirect(reverse("events:own", args=[token]))


@require_safe
def calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """One's own entry, the same as in the letters."""
    one = mine(token)
    if one.registration.state != "registered" or one.registration.meeting.agreed is None:
        raise Http404
    cancelled = one.registration.meeting.state == State.CANCELLED
    answer = ics(letters.entry(one, cancelled=cancelled), "meeting.ics")
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, key: str) -> HttpResponse:
    """Say that one is there, by the code on the wall."""
    row = public(request, key)
    form = CheckInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            attending.check_in(row, form.cleaned_data["code"], form.cleaned_data["email"])
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("You are checked in."))
            return HttpResponseRedirect(reverse("events:meeting", args=[row.key]))
    where = crumbs((row.title, reverse("events:meeting", args=[row.key])), (_("Check in"), ""))
    context = {"meeting": row, "form": form, "breadcrumbs": where}
    return private(request, "check_in", context, 422 if form.errors else 200)
