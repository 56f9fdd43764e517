"""Publishing a project, and withdrawing it: asked first, and done by the one way in."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import may
from helsevev.core.faults import Faulty
from helsevev.core.words import Refused
from helsevev.network.portfolio.actions import change
from helsevev.network.portfolio.queries import editing
from helsevev.network.portfolio.rules import PERMISSIONS
from helsevev.network.portfolio.views.desk import person_on, said
from helsevev.network.portfolio.views.sheet import breadcrumbs


class ReasonForm(forms.Form):
    """Why a project is withdrawn; it stands in the history."""

    why = forms.CharField(
        label=gettext_lazy("Why it is withdrawn"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Stands in the history, for those who see it. May be left empty."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, key: str) -> HttpResponse:
    """Show a project to everyone, after asking."""
    subject = _found(request, key, "publish")
    if request.method == "POST":
        return _set(request, subject, _("The project is published."), published=True)
    return _ask_publish(request, subject)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Show a project to its own and to staff alone, after asking."""
    subject = _found(request, key, "withdraw")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        done = _("The project is withdrawn. Only its own and staff see it now.")
        return _set(request, subject, done, published=False, note=form.cleaned_data["why"])
    return _ask_withdraw(request, subject, form)


def _found(request: HttpRequest, key: str, action: str) -> editing.Subject:
    """The project, for those who may do this; nobody else learns whether it exists."""
    subject = editing.subject(key)
    if subject is None or not may(person_on(request), action, PERMISSIONS, subject.organisations):
        raise Http404
    return subject


def _set(request: HttpRequest, subject: editing.Subject, done: str, *, published: bool, note: str = "") -> HttpResponse:
    """Do it; done twice is the same as once."""
    assert isinstance(request.user, User)
    try:
        change(subject.project, {"published": published}, str(request.user.key), note=note)
    except Faulty as faulty:
        why = [said(fault.refusal) for fault in faulty.faults]
        return _ask_publish(request, subject, why)
    except Refused as refused:
        return _ask_publish(request, subject, [said(refusal) for refusal in refused.refusals])
    messages.success(request, done)
    return HttpResponseRedirect(reverse("portfolio:project", args=[subject.key]))


def _ask_publish(request: HttpRequest, subject: editing.Subject, why: list[str] | None = None) -> HttpResponse:
    context = {
        "title": _("Publish “%(title)s”?") % {"title": subject.title},
        "body": " ".join(why) if why else _("Everyone can then see the project."),
        "consequences": [
            _("It is found by search, and counted on the dashboard."),
            _("It lies on the shelf, from where other parts of the house may take it."),
            _("It can be withdrawn again."),
        ],
        "action": _("Publish"),
        "cancel_url": reverse("portfolio:project", args=[subject.key]),
        "breadcrumbs": breadcrumbs(subject, _("Publish")),
        "robots": "noindex",
    }
    return render(request, "ui/confirm.html", context, status=422 if why else 200)


def _ask_withdraw(request: HttpRequest, subject: editing.Subject, form: ReasonForm) -> HttpResponse:
    context = {
        "title": _("Withdraw “%(title)s”?") % {"title": subject.title},
        "body": _("Only its own and staff can then see the project. Everyone else is told that there is no such page."),
        "consequences": [
            _("It is no longer found by search, nor counted."),
            _("It is taken off the shelf."),
            _("Nothing is deleted, and it can be published again."),
        ],
        "form": form,
        "action": _("Withdraw"),
        "danger": True,
        "cancel_url": reverse("portfolio:project", args=[subject.key]),
        "breadcrumbs": breadcrumbs(subject, _("Withdraw")),
        "robots": "noindex",
    }
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)
