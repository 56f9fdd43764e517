"""Following calls by e-mail: asked for, confirmed by the address's owner, and stopped."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from helsevev.network.applications.actions import rounds_telling as acting
from helsevev.network.applications.forms.following import FollowForm
from helsevev.network.applications.views.calls import crumbs


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for letters; the answer is the same whoever has asked before."""
    form = FollowForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        acting.follow(form.cleaned_data["email"], get_language() or "nb")
        return HttpResponseRedirect(reverse("applications:follow_sent"))
    context = {"form": form, "breadcrumbs": crumbs((_("Follow calls by e-mail"), "")), "robots": "noindex"}
    return render(request, "applications/follow.html", context, status=422 if form.errors else 200)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Look in your post."""
    return _say(
        request,
        _("Look in your e-mail"),
        _("We have sent a letter to the address. Open the link in it, and you follow the calls."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Say yes. Programs that open links in letters beforehand only look; the button does it."""
    if request.method == "POST":
        if acting.confirm(token) is None:
            return _say(request, _("This link can't be used"), _("It is too old, or another has been sent since."), 404)
        return _say(request, _("You follow the calls"), _("You get a letter when a call is published."))
    return _ask(request, _("Follow the calls?"), _("You get a letter when a call is published."), _("Follow"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unfollow(request: HttpRequest, key: UUID) -> HttpResponse:
    """Stop the letters."""
    if request.method == "POST":
        acting.unfollow(key)
        return _say(request, _("You don't follow the calls"), _("Your address is deleted here."))
    return _ask(request, _("Stop the letters about calls?"), _("Your address is deleted here."), _("Stop the letters"))


def _ask(request: HttpRequest, title: str, body: str, action: str) -> HttpResponse:
    context = {
        "title": title,
        "body": body,
        "action": action,
        "cancel_url": reverse("applications:calls"),
        "breadcrumbs": crumbs((_("Follow calls by e-mail"), "")),
        "robots": "noindex",
    }
    return render(request, "ui/confirm.html", context)


def _say(request: HttpRequest, title: str, body: str, status: int = 200) -> HttpResponse:
    context = {
        "title": title,
        "body": body,
        "breadcrumbs": crumbs((_("Follow calls by e-mail"), "")),
        "robots": "noindex",
    }
    return render(request, "applications/said.html", context, status=status)
