"""The desk of those who keep meetings: all of them, writing, copying, publishing and cancelling."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.commons.ui.forms.saying import refuse, tell
from helsevev.core.words import Refused
from helsevev.network.events.actions import writing
from helsevev.network.events.forms.afterwards import WhyForm
from helsevev.network.events.forms.writing import MeetingForm, initial
from helsevev.network.events.models import Meeting
from helsevev.network.events.panels import following
from helsevev.network.events.queries import people
from helsevev.network.events.rules.meetings import State
from helsevev.network.events.views.door import Crumbs, allows, crumbs, found, keeper, private, told

NOT_COPIED = ("day", "link")
PAST = 60


def desk_crumbs(*further: tuple[str, str]) -> Crumbs:
    """Where a page of the desk lies."""
    return crumbs((_("Keep meetings"), reverse("events:desk")), *further)


def desk_address(row: Meeting) -> str:
    """Where a meeting's keepers have it."""
    return reverse("events:desk_meeting", args=[row.key])


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """All meetings that come, drafts too, and those that were lately."""
    keeper(request)
    now = timezone.localdate()
    rows = Meeting.objects.select_related("series")
    coming, been = list(rows.filter(day__gte=now).order_by("day")), list(rows.filter(day__lt=now)[:PAST])
    numbers = people.numbers_of([*coming, *been])
    context = {
        "coming": [told(one) | {"numbers": numbers[one.pk]} for one in coming],
        "been": [told(one) | {"numbers": numbers[one.pk]} for one in been],
        "breadcrumbs": crumbs((_("Keep meetings"), "")),
    }
    return private(request, "desk", context)


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """A new meeting, empty or as a copy of another."""
    user = keeper(request)
    copied = request.GET.get("copy", "")
    first = {name: value for name, value in initial(found(copied)).items() if name not in NOT_COPIED} if copied else {}
    form = MeetingForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = writing.make(form.fields_made(), form.cleaned_data["programme"], str(user.key))
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The meeting is kept as a draft."))
            return HttpResponseRedirect(desk_address(made))
    heading = _("New meeting")
    context = {"heading": heading, "form": form, "breadcrumbs": desk_crumbs((heading, ""))}
    return private(request, "write", context, 422 if form.errors else 200)


@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """A meeting as its keepers see it, and all they can do with it."""
    keeper(request)
    row = found(key)
    context = {
        "meeting": row,
        **told(row),
        "numbers": people.numbers(row),
        "following": following.on_desk(row, request.person),  # type: ignore[attr-defined] # a middleware sets it
        "is_over": row.ends <= timezone.now(),
        "may_publish": row.state == State.DRAFT,
        "may_cancel": row.state != State.CANCELLED and row.ends > timezone.now(),
        "may_see_people": allows(request, "see_participants"),
        "why_form": WhyForm(),
        "breadcrumbs": desk_crumbs((row.title, "")),
    }
    return private(request, "desk_meeting", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Change a meeting; whoever is registered is told of a new time or place."""
    user, row = keeper(request), found(key)
    form = MeetingForm(request.POST or None, initial=initial(row))
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("seen", "")
        version = int(seen) if seen.isdecimal() and len(seen) < 9 else 0
        try:
            writing.change(row, form.fields_made(), form.cleaned_data["programme"], str(user.key), seen=version)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(desk_address(row))
    where = desk_crumbs((row.title, desk_address(row)), (_("Change"), ""))
    context = {"heading": _("Change the meeting"), "form": form, "seen": row.version, "breadcrumbs": where}
    return private(request, "write", context, 422 if form.errors else 200)


@require_POST
def publish(request: HttpRequest, key: str) -> HttpResponse:
    """Show it to everyone."""
    user, row = keeper(request), found(key)
    try:
        writing.publish(row, str(user.key))
        messages.success(request, _("The meeting is published."))
    except Refused as refused:
        tell(request, refused)
    return HttpResponseRedirect(desk_address(row))


@require_POST
def cancel(request: HttpRequest, key: str) -> HttpResponse:
    """Cancel it."""
    user, row = keeper(request), found(key)
    try:
        writing.cancel(row, request.POST.get("why", "")[:500], str(user.key))
        messages.success(request, _("The meeting is cancelled, and goes from everyone's calendar."))
    except Refused as refused:
        tell(request, refused)
    return HttpResponseRedirect(desk_address(row))
