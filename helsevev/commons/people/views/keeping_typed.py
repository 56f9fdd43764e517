"""Pages that one writes long on (skrivesider): what was typed outlives the session, and a database that is busy.

Mark the view with `keeps_typed`. When the page is sent after its session has ended, or while the database can't take
it, all that was typed stands on a page of its own, to be sent again. Signing in changes the token against forged forms,
so that page carries a seal instead: it counts for exactly these fields at this address, and only from our own pages.
What reached us in time counts as in time, also when a busy database takes it in later.
"""

import hashlib
import json
import logging
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from django.core import signing
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.defaults import server_error

from helsevev.commons.people.middleware import answers_signed_out

SALT, SEAL, TOKEN = "people.typed", "!again", "csrfmiddlewaretoken"
LIVES_SECONDS = 60 * 60 * 24
BUSY_COUNTS = timedelta(minutes=10)
SHORTEST_TEXT = 2
log = logging.getLogger(__name__)
View = Callable[..., HttpResponseBase]


def keeps_typed(view: View) -> View:
    """Wrap a view whose page one writes long on; goes on top of all other decorators."""
    guard = CsrfViewMiddleware(view)

    @wraps(view)
    def kept(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            if not request.user.is_authenticated and _is_own(request):
                return _signed_out(request)
            if _sealed(request) is None:
                guard.process_request(request)
                refused = guard.process_view(request, view, args, kwargs)
                if refused is not None:
                    return refused
            return view(request, *args, **kwargs)
        except OperationalError:
            log.warning("The database was too busy to take in %s.", request.path)
            return _busy(request, arrived_at(request) or _reached_us(request))

    whole = cast(Any, csrf_exempt(kept))
    whole.keeps_typed = True
    return cast(View, answers_signed_out(whole))


def broken(request: HttpRequest) -> HttpResponse:
    """What is answered when a request failed: try again, where only the database was too busy; else that it is ours."""
    if not isinstance(sys.exc_info()[1], OperationalError):
        return server_error(request)
    log.warning("The database was too busy to answer %s.", request.path)
    return _busy(request, arrived_at(request) or _reached_us(request))


def _reached_us(request: HttpRequest) -> datetime:
    at: datetime = getattr(request, "reached_us", None) or timezone.now()
    return at


def arrived_at(request: HttpRequest) -> datetime | None:
    """When a page that is sent again, because the database was busy, first reached us; a deadline is held against it.

    It counts for a few minutes, and for exactly what was sent then.
    """
    sealed = _sealed(request)
    at = datetime.fromisoformat(sealed["at"]) if sealed and sealed["at"] else None
    return at if at and timezone.now() - at < BUSY_COUNTS else None


def _is_own(request: HttpRequest) -> bool:
    """Whether a page of ours was sent; browsers say so of every form, and no page elsewhere can say it."""
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, without what only guards it."""
    every = [(name, text) for name in request.POST for text in request.POST.getlist(name)]
    return [(name, str(text)) for name, text in every if name not in (SEAL, TOKEN)]


def _digest(request: HttpRequest) -> str:
    # Browsers write line ends in their own way on the way back.
    fields = [(name, "\n".join(text.splitlines())) for name, text in _fields(request)]
    text = json.dumps([request.path, sorted(fields)])
    return hashlib.sha256(text.encode()).hexdigest()


def _sealed(request: HttpRequest) -> dict[str, str] | None:
    """What the seal says of a page that is sent again, unchanged and from here; None where it has no such seal."""
    if SEAL not in request.POST or not _is_own(request):
        return None
    try:
        sealed = signing.loads(request.POST.get(SEAL, ""), salt=SALT, max_age=LIVES_SECONDS)
    except signing.BadSignature:
        return None
    return sealed if sealed["digest"] == _digest(request) else None


def _seal(request: HttpRequest, at: datetime | None = None) -> tuple[str, str]:
    return SEAL, signing.dumps({"digest": _digest(request), "at": at.isoformat() if at else ""}, salt=SALT)


def _signed_out(request: HttpRequest) -> HttpResponse:
    """Everything that was typed, to be read, copied and sent again after signing in."""
    fields = _fields(request)
    texts = [text for name, text in fields if len(text.strip()) >= SHORTEST_TEXT and name != "seen"]
    context = {"sent": fields, "texts": texts, "seal": _seal(request), "robots": "noindex"}
    return _unkept(render(request, "people/kept_here.html", context, status=401))


def _busy(request: HttpRequest, arrived: datetime) -> HttpResponse:
    """The same, without the page's frame, which would ask the database too."""
    sent = _fields(request) if request.method == "POST" else []
    context = {"sent": sent, "seal": _seal(request, arrived), "may_send": _keeps_typed(request)}
    answer = HttpResponse(render_to_string("people/busy.html", context), status=503)
    answer["Retry-After"] = "5"
    return _unkept(answer)


def _keeps_typed(request: HttpRequest) -> bool:
    """Whether the address takes in what stands on such a page."""
    try:
        return request.method == "POST" and getattr(resolve(request.path_info).func, "keeps_typed", False)
    except Resolver404:
        return False


def _unkept(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer
