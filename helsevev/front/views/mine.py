"""My page (min side): what waits for me, what I follow, how I sign in, what is kept about me."""

import json
from datetime import date
from typing import Any, TypedDict

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from helsevev.commons.initiatives.queries import followed_by
from helsevev.commons.people import queries, rules
from helsevev.commons.people.forms.account import LanguageForm, NameForm
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Person, Role, Waiting
from helsevev.core.languages import Text, in_language
from helsevev.front import panels


class Followed(TypedDict):
    """An initiative that I follow."""

    title: Text
    url: str


def waiting(person: Person) -> list[Waiting]:
    """What waits for a person in every room, the soonest first, what has no date last."""
    found = [one for room in panels.rooms() if hasattr(room, "waiting") for one in room.waiting(person)]
    return sorted(found, key=lambda one: (one.due or date.max, one.title))


def notices(user: User) -> list[dict[str, Any]]:
    """Every kind of notice that some room sends, and whether the person wants it."""
    chosen = queries.choices(user)
    kinds = [kind for room in panels.rooms() if hasattr(room, "notices") for kind in room.notices()]
    return [
        {"kind": one.kind, "label": _(one.label), "by_mail": chosen.get(one.kind, one.by_mail)}
        for one in sorted(kinds, key=lambda one: one.kind)
    ]


def personal_data(user: User) -> dict[str, Any]:
    """Everything that every room keeps about the person."""
    rooms = {
        room.__name__.removeprefix("helsevev.").removesuffix(".panels"): room.personal_data(user)
        for room in panels.rooms()
        if hasattr(room, "personal_data")
    }
    return {"account": str(user.key), "made_at": timezone.now(), "rooms": rooms}


@require_safe
@login_required
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """Everything of mine on one page, each part with its own form."""
    user = request.user
    assert isinstance(user, User)
    context = {
        "waiting": waiting(request.person),  # type: ignore[attr-defined]
        "followed": _followed(user, request.person),  # type: ignore[attr-defined]
        "notices": notices(user),
        "sessions": _sessions(user, request.session.session_key),
        "roles": queries.held_roles(user),
        "may_give_in": _signs_for(request.person),  # type: ignore[attr-defined]
        "name_form": NameForm(instance=user, auto_id="name_%s"),
        "language_form": LanguageForm(initial={"language": user.language}, auto_id="language_%s"),
        "address_confirmed": EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists(),
        "has_password": user.has_usable_password(),
        "has_app": is_mfa_enabled(user, ["totp"]),
        "providers": get_adapter().list_providers(request),
        "identity": SocialAccount.objects.filter(user=user).exists(),
        "robots": "noindex",
    }
    return render(request, "front/mine.html", context)


@require_safe
@login_required
@never_cache
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything that is kept about me, as a file."""
    assert isinstance(request.user, User)
    text = json.dumps(personal_data(request.user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="helsevev-my-data.json"'
    return response


def _followed(user: User, person: Person) -> list[Followed]:
    """What I follow, in my language where there is a title in it, with the page of it that I may see."""
    language = get_language() or settings.LANGUAGE_CODE
    found = list(followed_by(user.pk))
    urls = panels.pages_of([one.key for one in found], person)
    return [{"title": in_language(language, one.titles), "url": urls.get(one.key, "")} for one in found]


def _sessions(user: User, current: str | None) -> list[dict[str, Any]]:
    """Where I am signed in, this place marked."""
    return [
        {
            "pk": one.pk,
            "device": rules.device(one.user_agent),
            "ip": one.ip,
            "since": one.created_at,
            "seen": one.last_seen_at,
            "here": one.session_key == current,
        }
        for one in queries.sessions(user)
    ]


def _signs_for(person: Person) -> list[dict[str, str]]:
    """The organisations whose roles I hand out."""
    keys = person.organisations(frozenset({Role.ORGANISATION_SIGNER}))
    places = (place for key in sorted(keys) if (place := queries.organisation(key)))
    return [{"key": place.key, "name": place.name} for place in places]
