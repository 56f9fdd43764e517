"""Pages where administrators and signers give and end roles."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from helsevev.commons.people import actions, queries, rules
from helsevev.commons.people.forms.roles import EndForm, GrantByAddressForm, GrantForm, SearchForm
from helsevev.commons.people.models import User
from helsevev.commons.people.queries import HeldRole
from helsevev.commons.people.rules import PERMISSIONS, ROLE_NAMES, STAFF, Grant, Person, may
from helsevev.commons.people.views import demand, person_on
from helsevev.commons.ui.forms.saying import said
from helsevev.core.words import Refused

PER_PAGE = 50


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everyone with an account, found by name or address."""
    demand(request, "see_people")
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    page = Paginator(queries.people(text), PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    listed = [(user, _names_of_roles(user, today)) for user in page]
    return render(request, "people/people.html", {"form": form, "page": page, "listed": listed, "text": text})


def _names_of_roles(user: User, today: Any) -> list[str]:  # noqa: ANN401
    """What someone is now, once each."""
    held = (queries.as_grant(row) for row in user.grants.all() if row.withdrawn_at is None)
    return sorted({_(ROLE_NAMES[grant.role]) for grant in held if grant.holds(today)})


@require_safe
def person(request: HttpRequest, key: UUID) -> HttpResponse:
    """One person's roles, now and before."""
    asks = demand(request, "see_people")
    user = _account(key)
    context = {
        "account": user,
        "roles": _with_end(asks, queries.held_roles(user)),
        "may_give": bool(rules.givable(asks)) and asks.key != str(user.key) and may(asks, "grant_role", PERMISSIONS),
        "is_me": asks.key == str(user.key),
    }
    return render(request, "people/person.html", context)


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give someone a role: fill in, see what it means, say yes."""
    asks = demand(request, "grant_role")
    user = _account(key)
    home = reverse("people:person", args=[user.key])
    form = GrantForm(request.POST or None, giver=asks, initial={"starts": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        answer = _give(request, asks, user, form, home)
        if answer is not None:
            return answer
    context = {"form": form, "account": user, "cancel_url": home}
    return render(request, "people/give.html", context, status=422 if form.is_bound else 200)


@require_safe
def organisation(request: HttpRequest, key: str) -> HttpResponse:
    """Who holds roles in an organisation, for those who sign for it."""
    asks = _signer(request, key)
    place = queries.organisation(key)
    if place is None:
        raise Http404
    roles = _with_end(asks, queries.roles_in(key))
    return render(request, "people/organisation_roles.html", {"organisation": place, "roles": roles})


@require_http_methods(["GET", "POST"])
def give_in(request: HttpRequest, key: str) -> HttpResponse:
    """Give a colleague a role in one's own organisation, by their address."""
    asks = _signer(request, key)
    home = reverse("people:organisation_roles", args=[key])
    first = {"starts": timezone.localdate(), "organisation": key}
    form = GrantByAddressForm(request.POST or None, giver=asks, initial=first)
    if request.method == "POST" and form.is_valid():
        answer = _give(request, asks, form.account, form, home)
        if answer is not None:
            return answer
    context = {"form": form, "account": None, "cancel_url": home}
    return render(request, "people/give.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role: the page says what happens and asks why."""
    asks = person_on(request)
    row = queries.role_grant(pk)
    if row is None or not rules.may_give(asks, *_what_and_where(queries.as_grant(row))):
        raise Http404
    home = _home(asks, row.user, row.organisation.key if row.organisation else "")
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end(asks, row, form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, said(refused.refusals[0], typed=True))
        else:
            messages.success(request, _("The role is ended."))
            return redirect(home)
    context = {
        "title": _("End the role %(role)s for %(person)s?")
        % {"role": _(ROLE_NAMES[queries.as_grant(row).role]), "person": row.user},
        "consequences": [
            _("It stops counting at once, also where the person is signed in."),
            _("The person gets a letter about it, unless they have chosen not to."),
            _("The trail keeps who ended it, when and why."),
        ],
        "action": _("End the role"),
        "danger": True,
        "cancel_url": home,
        "form": form,
        "robots": "noindex",
    }
    return render(request, "ui/confirm.html", context, status=422 if form.is_bound else 200)


def _account(key: UUID) -> User:
    """The account with this key, or nothing."""
    user = queries.account(key)
    if user is None:
        raise Http404
    return user


def _signer(request: HttpRequest, key: str) -> Person:
    """Who may give roles in this organisation: its signers, and administrators."""
    asks = person_on(request)
    if not any(rules.may_give(asks, role, key) for role in rules.GIVEN_BY_SIGNER):
        raise Http404
    return asks


def _what_and_where(grant: Grant) -> tuple[Any, str | None]:
    """The parts of a role that decide who may give it."""
    return grant.role, grant.organisation


def _home(asks: Person, user: User, place: str) -> str:
    """Where one who gives roles came from."""
    if may(asks, "see_people", PERMISSIONS):
        return reverse("people:person", args=[user.key])
    return reverse("people:organisation_roles", args=[place])


def _with_end(asks: Person, held: list[HeldRole]) -> list[tuple[HeldRole, bool]]:
    """Each role, and whether the one who asks may end it."""
    return [(role, role.standing != "over" and rules.may_give(asks, *_what_and_where(role.grant))) for role in held]


def _give(request: HttpRequest, asks: Person, user: User, form: GrantForm, home: str) -> HttpResponse | None:
    """Refuse beside the form (None), ask for the yes, or do it when the yes is there."""
    wanted = form.grant()
    refusal = rules.refuse_grant(asks, str(user.key), wanted, queries.grants(user), timezone.localdate())
    if refusal is None and "confirmed" in request.POST:
        try:
            actions.grant(asks, user, wanted, form.cleaned_data["reason"])
        except Refused as refused:
            refusal = refused.refusals[0]
        else:
            messages.success(request, _("The role is given."))
            return redirect(home)
    if refusal is not None:
        form.add_error(None, said(refusal, typed=True))
        return None
    return _ask_for_yes(request, user, wanted, form, home)


def _ask_for_yes(request: HttpRequest, user: User, wanted: Grant, form: GrantForm, home: str) -> HttpResponse:
    """What the role means, with everything that was filled in kept."""
    place = form.cleaned_data["organisation"]
    context = {
        "title": _("Give %(person)s the role %(role)s?") % {"person": user, "role": _(ROLE_NAMES[wanted.role])},
        "body": place.name if place else "",
        "consequences": [
            _("It counts from the first day to the end of the last, in Norwegian time."),
            *([_("It begins to count when the person has a second factor.")] if wanted.role in STAFF else []),
            _("The person gets a letter about it, unless they have chosen not to."),
            _("The trail keeps who gave it, when and why."),
        ],
        "hidden": {**{name: form.data.get(name, "") for name in form.fields}, "confirmed": "yes"},
        "action": _("Give the role"),
        "cancel_url": home,
        "robots": "noindex",
    }
    return render(request, "ui/confirm.html", context)
