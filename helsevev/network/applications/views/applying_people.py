"""Who writes an application and who stands behind it."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from helsevev.commons.people.models import Organisation, User
from helsevev.commons.ui.forms.saying import refuse, tell
from helsevev.core.words import Refused
from helsevev.network.applications.actions import applying_people as acting
from helsevev.network.applications.forms.applying import InviteForm, PartnerForm
from helsevev.network.applications.queries import applying as asking
from helsevev.network.applications.views.applying import page_of
from helsevev.network.applications.views.applying_door import Inside, back, let_in
from helsevev.network.applications.views.door import unkept


@require_POST
def invite(request: HttpRequest, key: object) -> HttpResponse:
    """Ask someone to write along."""
    inside = let_in(request, key, "leads")
    form = InviteForm(request.POST, prefix="invite")
    if form.is_valid():
        made = form.cleaned_data
        try:
            acting.invite(inside.application, made["email"], made["organisation"], inside.user, inside.now)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The invitation is sent."))
            return back(inside, "people")
    return _again(request, inside, invite_form=form)


@require_POST
def add_partner(request: HttpRequest, key: object) -> HttpResponse:
    """Let an organisation take part."""
    inside = let_in(request, key, "leads")
    form = PartnerForm(request.POST, prefix="partner")
    if form.is_valid():
        try:
            acting.add_partner(inside.application, form.cleaned_data["organisation"], inside.by, inside.now)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The organisation takes part, and is asked to confirm."))
            return back(inside, "sides")
    return _again(request, inside, partner_form=form)


def _again(request: HttpRequest, inside: Inside, **forms: object) -> HttpResponse:
    """The application's page with a form's faults, and what was typed."""
    return unkept(render(request, "applications/application.html", page_of(inside, **forms), status=422))


@require_POST
def withdraw_invitation(request: HttpRequest, key: object, pk: int) -> HttpResponse:
    """Let an invitation's link stop working."""
    inside = let_in(request, key, "leads")
    found = inside.application.invitations.filter(pk=pk).first()
    if found is None:
        raise Http404
    acting.withdraw_invitation(found, inside.by)
    messages.success(request, _("The invitation is withdrawn."))
    return back(inside, "people")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Write along, by a link that works once; the button does it, as programs open links beforehand."""
    now = timezone.now()
    found = asking.invitation(token, now)
    if found is None:
        title = _("This invitation can't be used")
        body = _("It has been used, withdrawn or is too old. Ask for a new one.")
        context = {"title": title, "body": body, "robots": "noindex"}
        return render(request, "applications/said.html", context, status=404)
    if not isinstance(request.user, User):
        return redirect_to_login(request.get_full_path())
    if request.method == "POST":
        try:
            application = acting.join(token, request.user, now)
        except Refused:
            return HttpResponseRedirect(request.path)
        messages.success(request, _("You write along."))
        return HttpResponseRedirect(reverse("applications:application", args=[application.key]))
    context = {
        "title": _("Write along on “%(title)s”?") % {"title": found.application.title},
        "body": _("You write for %(organisation)s. %(owner)s owns the application.")
        % {"organisation": found.organisation.name, "owner": found.application.owner.name},
        "action": _("Write along"),
        "cancel_url": reverse("applications:calls"),
        "robots": "noindex",
    }
    return render(request, "ui/confirm.html", context)


@require_POST
def leave(request: HttpRequest, key: object, pk: int) -> HttpResponse:
    """Someone writes no more: oneself, or one that the leader takes out."""
    inside = let_in(request, key, "writes")
    author = inside.application.authors.filter(pk=pk, left_at=None).select_related("user").first()
    if author is None or not (inside.access.leads or author.user_id == inside.user.pk):
        raise Http404
    try:
        acting.leave(inside.application, author, inside.by, inside.now)
    except Refused as refused:
        tell(request, refused)
        return back(inside, "people")
    gone = author.user_id == inside.user.pk
    return HttpResponseRedirect(reverse("applications:mine")) if gone else back(inside, "people")


@require_POST
def take_over(request: HttpRequest, key: object) -> HttpResponse:
    """Lead an application that one's organisation owns."""
    inside = let_in(request, key, "may_take_over")
    acting.take_over(inside.application, inside.user, inside.now)
    messages.success(request, _("You lead the application."))
    return back(inside)


@require_POST
def remove_partner(request: HttpRequest, key: object, organisation: str) -> HttpResponse:
    """An organisation takes part no more."""
    inside = let_in(request, key, "leads")
    return _partner(request, inside, organisation, acting.remove_partner)


@require_POST
def confirm(request: HttpRequest, key: object, organisation: str) -> HttpResponse:
    """Confirm in an organisation's name; only who signs for it."""
    inside = let_in(request, key)
    if organisation not in inside.access.signs_for:
        raise Http404
    return _partner(request, inside, organisation, acting.confirm)


@require_POST
def unconfirm(request: HttpRequest, key: object, organisation: str) -> HttpResponse:
    """Take a confirmation back."""
    inside = let_in(request, key)
    if organisation not in inside.access.signs_for:
        raise Http404
    return _partner(request, inside, organisation, acting.unconfirm)


def _partner(request: HttpRequest, inside: Inside, key: str, doing: Callable[..., object]) -> HttpResponse:
    organisation = Organisation.objects.filter(key=key).first()
    if organisation is None:
        raise Http404
    try:
        doing(inside.application, organisation, inside.by, inside.now)
    except Refused as refused:
        tell(request, refused)
    return back(inside, "sides")
