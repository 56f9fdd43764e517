"""Subscribing, and one's own page. Opening a link only shows a page: the button acts, whoever opens links first."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from helsevev.commons.people.models import User
from helsevev.core.newsletter.content import CHOSEN
from helsevev.network.newsletter.actions import subscribing as acting
from helsevev.network.newsletter.forms.subscribing import ChoiceForm, SubscribeForm, wished
from helsevev.network.newsletter.models.subscribers import read_token
from helsevev.network.newsletter.queries import letters, subscribers
from helsevev.network.newsletter.rules.consent import CONSENT
from helsevev.network.newsletter.rules.states import Standing
from helsevev.network.newsletter.views.door import crumbs, private


@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask for the letter; the answer is the same whoever subscribes already."""
    first = {"language": letters.tongue(), "kinds": [one.value for one in CHOSEN]}
    first["email"] = request.user.email if isinstance(request.user, User) else ""
    form = SubscribeForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        acting.ask(form.cleaned_data["email"], **wished(form), consent=_(CONSENT))
        return HttpResponseRedirect(reverse("newsletter:asked"))
    where = crumbs((_("Subscribe"), ""))
    return private(request, "subscribe", {"form": form, "breadcrumbs": where}, 422 if form.errors else 200)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Look in your post."""
    body = _("We have sent a letter to the address. Open the link in it and press the button; then you subscribe.")
    return _say(request, _("Look in your e-mail"), body)


def _say(request: HttpRequest, title: str, body: str, status: int = 200) -> HttpResponse:
    context = {"title": title, "body": body, "breadcrumbs": crumbs((title, ""))}
    return private(request, "said", context, status)


def _gone(request: HttpRequest) -> HttpResponse:
    """A link that we made, of somebody who subscribes no longer, or never confirmed in time."""
    body = _("Nobody subscribes by this link. You can subscribe anew.")
    return _say(request, _("This link is no longer in use"), body, 404)


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """One's own page: confirm, change what one gets, and end it."""
    one = subscribers.by_token(token)
    if one is None:
        return _gone(request)
    row, _letter = one
    form = ChoiceForm(request.POST if request.POST.get("act") == "change" else None, initial=row.__dict__)
    if request.method == "POST":
        if request.POST.get("act") == "leave":
            return _left(request, token)
        if request.POST.get("act") == "confirm":
            acting.confirm(row.key)
            messages.success(request, _("You subscribe to the newsletter."))
            return HttpResponseRedirect(request.path)
        if form.is_valid():
            acting.change(row.key, **wished(form))
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(request.path)
    context = {
        "row": row,
        "form": form,
        "is_active": row.standing == Standing.ACTIVE,
        "breadcrumbs": crumbs((_("Your subscription"), "")),
    }
    return private(request, "own", context, 422 if form.errors else 200)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Unsubscribe: by the button, or by a mail program's own (RFC 8058), which has neither session nor token of ours.

    The address itself is the proof, as only its owner's letters have it; so no other check is needed. Looking at it
    changes nothing.
    """
    if read_token(token) is None:
        raise Http404
    if request.method == "POST":
        return _left(request, token)
    context = {
        "title": _("Unsubscribe from the newsletter?"),
        "body": _("Your address, your choices and your consent are deleted here."),
        "action": _("Unsubscribe"),
        "cancel_url": reverse("newsletter:own", args=[token]),
        "breadcrumbs": crumbs((_("Unsubscribe"), "")),
    }
    return render(request, "ui/confirm.html", {"robots": "noindex", **context})


def _left(request: HttpRequest, token: str) -> HttpResponse:
    found = read_token(token)
    if found:
        acting.leave(*found)
    body = _("Your address is deleted here. You get no more letters.")
    return _say(request, _("You are unsubscribed"), body)
