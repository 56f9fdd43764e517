"""What becomes of what was typed when its page can't be saved now: kept as a draft, and told so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from helsevev.commons.people import queries as people
from helsevev.commons.people.models import User
from helsevev.core.words import Refused
from helsevev.network.portfolio.actions import OTHER_WINDOW
from helsevev.network.portfolio.forms import sending
from helsevev.network.portfolio.forms.layout import ASKS, ROWS
from helsevev.network.portfolio.models import Draft
from helsevev.network.portfolio.queries import editing
from helsevev.network.portfolio.rules import FIELDS
from helsevev.network.portfolio.views.desk import Desk, said
from helsevev.network.portfolio.views.sealing import KEPT_FOR, Seal, opened

State = Mapping[str, object]


def kept_at(draft: Draft | None) -> State:
    """What the page says of its draft."""
    return {"saved_at": draft.saved_at} if draft else {}


def try_to_keep(desk: Desk, filled: Mapping[str, Any], seal: Seal, *, force: bool = False) -> State:
    """Keep the draft, or say why it isn't kept; `force` keeps it whatever other windows did."""
    try:
        draft = desk.keep(filled, seal.token, force=force)
    except Refused as refused:
        why = refused.refusals[0]
        return {"problem": said(why), "other_window": why.why == OTHER_WINDOW}
    return kept_at(draft) if draft else {"nothing": True}


def signed_out(request: HttpRequest, subject: editing.Subject, seal: Seal) -> HttpResponse:
    """The session has ended. What was typed becomes the draft of the person whose page it was, and of nobody else."""
    fresh = opened(request.POST.get("seal", ""), max_age=KEPT_FOR)
    user = people.account(seal.user)
    if fresh is None or user is None or not user.is_active:
        raise Http404
    state = _keep_for(user, subject, seal, request.POST)
    way_back = reverse("portfolio:edit", args=[subject.key]) if subject.project else reverse("portfolio:create")
    sign_in = f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': way_back})}"
    return _answer(request, "portfolio/edit_signed_out.html", {"state": state, "sign_in": sign_in}, 403)


def kept_but_revoked(request: HttpRequest, subject: editing.Subject, seal: Seal) -> HttpResponse:
    """The person may not edit this any more. What was typed is kept and can be read; nothing is saved."""
    assert isinstance(request.user, User)
    _keep_for(request.user, subject, seal, request.POST)
    draft = editing.draft(request.user, subject.project)
    return revoked(request, subject, draft.fields if draft else {})


def _keep_for(user: User, subject: editing.Subject, seal: Seal, post: QueryDict) -> State:
    """A draft of what stands on the page, by the fields that its seal names."""
    if sending.END not in post:
        return {}
    person = people.person(user, second_factor=True)
    desk = Desk(user, person, subject, seal.names, seal.base, seal.over)
    return try_to_keep(desk, sending.read_typed(post, desk.names, desk.shown), seal)


@dataclass(frozen=True)
class Left:
    """A field of a draft that can only be read (etterlatt felt)."""

    label: str
    lines: Sequence[str]


def revoked(request: HttpRequest, subject: editing.Subject, fields: Mapping[str, Any]) -> HttpResponse:
    """The page isn't there for this person any more, but what they typed is."""
    left = [Left(_label(name), lines(value)) for name, value in fields.items() if name in (*FIELDS, "id")]
    return _answer(request, "portfolio/edit_revoked.html", {"left": left, "subject": subject}, 404)


def _label(name: str) -> str:
    return _(ROWS[name].title) if name in ROWS else _(ASKS[name].label) if name in ASKS else name


def lines(value: object) -> list[str]:
    """What was typed, in lines."""
    if isinstance(value, list):
        return [line for one in value for line in lines(one)]
    if isinstance(value, dict):
        return ["; ".join(str(cell) for cell in value.values() if cell)]
    return str(value).split("\n")


def _answer(request: HttpRequest, template: str, context: Mapping[str, object], status: int) -> HttpResponse:
    """A page, or for the part that saves itself while one types, that part alone."""
    if request.headers.get("HX-Request-Type") == "partial":
        answer = render(request, "portfolio/_draft_state.html", {"state": {**context, "left_out": status}})
    else:
        answer = render(request, template, {**context, "robots": "noindex"}, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
