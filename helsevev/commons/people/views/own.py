"""What a person changes on their own account, each from a form on my page."""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from helsevev.commons.people import actions, queries, rules
from helsevev.commons.people.forms.account import DeleteForm, LanguageForm, NameForm
from helsevev.commons.people.models import User
from helsevev.commons.ui.forms.saying import said
from helsevev.core.words import Refused


def _me(request: HttpRequest) -> User:
    """The account that asks; the views below let no stranger in."""
    assert isinstance(request.user, User)
    return request.user


def _my_page(anchor: str) -> HttpResponse:
    """Back to where the form stands."""
    return redirect(f"{resolve_url(settings.LOGIN_REDIRECT_URL)}#{anchor}")


@require_POST
@login_required
def change_name(request: HttpRequest) -> HttpResponse:
    """What I am called."""
    form = NameForm(request.POST, instance=_me(request))
    if form.is_valid():
        actions.rename(_me(request), form.cleaned_data["name"])
        messages.success(request, _("Your name is saved."))
    else:
        messages.error(request, _("The name is too long, so it wasn't saved."))
    return _my_page("account")


@require_POST
@login_required
def choose_language(request: HttpRequest) -> HttpResponse:
    """Which language I read; the page comes back in it."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        raise Http404
    language = form.cleaned_data["language"]
    actions.choose_language(_me(request), language)
    with override(language):
        messages.success(request, _("Pages and letters now come in this language."))
        response = _my_page("language")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return response


@require_POST
@login_required
def choose_notices(request: HttpRequest) -> HttpResponse:
    """Which notices I want by e-mail; the form names the kinds it showed, so that the others stay as they were."""
    shown = [kind for kind in request.POST.getlist("shown") if 0 < len(kind) <= 40][:100]
    wanted = set(request.POST.getlist("by_mail"))
    actions.choose_notices(_me(request), {kind: kind in wanted for kind in shown})
    messages.success(request, _("Your choices are saved."))
    return _my_page("notices")


@require_POST
@login_required
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out somewhere else."""
    if not actions.end_session(_me(request), pk):
        raise Http404
    messages.success(request, _("That session is ended."))
    return _my_page("sessions")


@require_POST
@login_required
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    actions.end_other_sessions(_me(request), request.session.session_key)
    messages.success(request, _("You are signed out everywhere but here."))
    return _my_page("sessions")


@login_required
@never_cache
def delete_account(request: HttpRequest) -> HttpResponse:
    """Say what happens, ask for the proof and the tick, then do it."""
    raise_if_reauthentication_required(request, app="allauth.account")
    me = _me(request)
    form = DeleteForm(request.POST if request.method == "POST" else None)
    left = queries.administrators_left(without_user=me)
    refusal = rules.refuse_delete(queries.grants(me), timezone.localdate(), administrators_left=left)
    if request.method == "POST" and form.is_valid() and refusal is None:
        try:
            actions.delete_account(me)
        except Refused as refused:
            refusal = refused.refusals[0]
        else:
            logout(request)
            messages.success(request, _("Your account is deleted."))
            return redirect(settings.ACCOUNT_LOGOUT_REDIRECT_URL)
    context = {
        "form": form,
        "refusal": said(refusal, typed=True) if refusal else "",
        "my_page": resolve_url(settings.LOGIN_REDIRECT_URL),
    }
    return render(request, "account/delete.html", context, status=422 if form.is_bound else 200)
