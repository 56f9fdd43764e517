"""Publishing, closing, moving on and cancelling a call: asked first, with the reason, and done by the one way in."""

from collections.abc import Callable, Mapping

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from helsevev.commons.people.views.keeping_typed import keeps_typed
from helsevev.commons.ui.forms.saying import all_said
from helsevev.core.words import Refused
from helsevev.network.applications.actions import applying
from helsevev.network.applications.actions import rounds as acting
from helsevev.network.applications.forms.rounds import ExtendForm, NewerFormForm, ReasonForm
from helsevev.network.applications.models import Round
from helsevev.network.applications.queries import applying_form as changing
from helsevev.network.applications.queries import rounds as asking
from helsevev.network.applications.queries import rounds_showing as showing
from helsevev.network.applications.rules.rounds import Standing
from helsevev.network.applications.views.door import kept_round, person_on
from helsevev.network.applications.views.rounds import of_round

Doing = Callable[[], Round]


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Publish the call."""
    round_ = kept_round(request, code, "publish_round")
    if request.method == "POST":
        return _do(request, round_, lambda: acting.publish(round_, person_on(request).key), _("The call is published."))
    return _ask(request, round_, _publish_words(round_))


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close the call before its time."""
    round_ = kept_round(request, code, "close_round")
    words = {
        "title": _("Close the call now?"),
        "body": _("Nobody can send an application any more. Those who write keep their drafts."),
        "action": _("Close the call"),
        "danger": True,
    }
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = _("The call is closed.")
        return _do(request, round_, lambda: acting.close(round_, person_on(request).key, reason), done, words, form)
    return _ask(request, round_, words, form)


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, code: str) -> HttpResponse:
    """Move the deadline on."""
    round_ = kept_round(request, code, "close_round")
    words = {
        "title": _("Move the deadline?"),
        "body": _("A deadline can only be moved to later. A call that is closed opens again until then."),
        "action": _("Move the deadline"),
    }
    form = ExtendForm(request.POST if request.method == "POST" else None, initial={"closes_at": round_.closes_at})
    if form.is_bound and form.is_valid():
        made, by = form.cleaned_data, person_on(request).key
        done = _("The deadline is moved.")
        return _do(
            request, round_, lambda: acting.extend(round_, by, made["closes_at"], made["reason"]), done, words, form
        )
    return _ask(request, round_, words, form)


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Cancel the call."""
    round_ = kept_round(request, code, "close_round")
    words = {
        "title": _("Cancel the call?"),
        "body": _("The call stays on its page as cancelled, with the reason. Nothing in it is decided."),
        "action": _("Cancel the call"),
        "danger": True,
    }
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = _("The call is cancelled.")
        return _do(request, round_, lambda: acting.cancel(round_, person_on(request).key, reason), done, words, form)
    return _ask(request, round_, words, form)


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def replace_form(request: HttpRequest, code: str) -> HttpResponse:
    """Give an open call a newer version of its form."""
    round_ = kept_round(request, code, "edit_round")
    versions = changing.newer_versions(round_)
    if not versions or round_.standing(timezone.now()) is not Standing.OPEN:
        raise Http404
    language = get_language() or "nb"
    words = {
        "title": _("Give the call a newer form?"),
        "body": _("Those who write are told, and go over to it themselves. No answer is lost."),
        "action": _("Give it the newer form"),
    }
    choices = [(str(one.pk), asking.form_title(one, language)) for one in versions]
    form = NewerFormForm(request.POST if request.method == "POST" else None, choices=choices)
    if form.is_bound and form.is_valid():
        made, by = form.cleaned_data, person_on(request).key
        chosen = next(one for one in versions if str(one.pk) == made["version"])

        def doing() -> Round:
            applying.replace_form(round_, chosen, by, made["reason"])
            return round_

        return _do(request, round_, doing, _("The call has the newer form."), words, form)
    return _ask(request, round_, words, form)


def _publish_words(round_: Round) -> Mapping[str, object]:
    return {
        "title": _("Publish the call %(round)s?") % {"round": showing.name(round_)},
        "body": _("Everyone can then read the call, and apply from its opening on."),
        "consequences": [
            _("Those who follow calls get a letter."),
            _("Once it is open, its dates, offer and criteria stand as they are; the deadline can be moved to later."),
        ],
        "action": _("Publish the call"),
    }


def _do(
    request: HttpRequest,
    round_: Round,
    doing: Doing,
    done: str,
    words: Mapping[str, object] | None = None,
    form: forms.Form | None = None,
) -> HttpResponse:
    """Do it, or say why not with what was typed kept."""
    try:
        doing()
    except Refused as refused:
        return _ask(request, round_, words or _publish_words(round_), form, all_said(refused))
    messages.success(request, done)
    return HttpResponseRedirect(reverse("applications:round", args=[round_.code]))


def _ask(
    request: HttpRequest,
    round_: Round,
    words: Mapping[str, object],
    form: forms.Form | None = None,
    why: list[str] | None = None,
) -> HttpResponse:
    context: dict[str, object] = {
        **words,
        "form": form,
        "cancel_url": reverse("applications:round", args=[round_.code]),
        "breadcrumbs": of_round(round_, (str(words["action"]), "")),
        "robots": "noindex",
    }
    if why:
        context["body"] = " ".join(why)
    failed = why or (form is not None and form.errors)
    return render(request, "ui/confirm.html", context, status=422 if failed else 200)
