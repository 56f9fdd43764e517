"""Open pages remembered as they were answered (husk): for readers without a session, until something on them changes.

What is remembered lies in the process's own memory. One statement asks how often something that readers see has
changed, in any process; pages drawn before that are drawn anew. Many readers at once share its answer for a fifth of a
second, since threads that wait for the database wait for each other too. What no version counts (a name in the
taxonomy) is seen when the minutes have run out. A reader with a session is never given a remembered page, and a page
that sets a cookie or has a form that changes something is never remembered.
"""

import hashlib
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils.cache import patch_vary_headers

from helsevev.knowledge.pages.queries.standing import version
from helsevev.knowledge.pages.rules.choices import FACETS

SECONDS = 5 * 60
LOOK_AGAIN_SECONDS = 0.2
LARGEST = 400_000
PARAMETERS = frozenset({*FACETS, "page"})
PERSONAL = frozenset({settings.SESSION_COOKIE_NAME, "messages"})
View = Callable[..., HttpResponse]


class Kept(NamedTuple):
    """An answer, how much had changed when it was drawn, and which page it is (for those who count pages)."""

    version: tuple[object, ...]
    content: bytes
    headers: dict[str, str]
    csp: object
    match: tuple[dict[str, Any], str | None, list[str | None]]


def remembered(view: View) -> View:
    """Mark a view whose page is the same for everyone without a session."""
    view.remembered = True  # type: ignore[attr-defined]
    return view


class RememberingMiddleware:
    """Stands outside all that reads sessions, so that a remembered page costs little more than the server itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response
        self._looked: tuple[float, tuple[object, ...]] | None = None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer that is remembered and still right, or a new one."""
        if not _is_anyone(request):
            return self.get_response(request)
        request.get_host()  # one that isn't ours is refused
        pages, key = caches["pages"], _key(request)
        kept: Kept | None = pages.get(key)
        if kept and kept.version == self._version():
            return _again(request, kept)
        response = self.get_response(request)
        as_of = getattr(request, "drawn_as_of", None)
        if as_of is not None and _may_be_kept(request, response):
            patch_vary_headers(response, ["Cookie"])
            pages.set(key, _kept(request, response, as_of), SECONDS)
        return response

    def process_view(self, request: HttpRequest, view: View, *_arguments: object) -> None:
        """What changes while the page is drawn is newer than the page."""
        if getattr(view, "remembered", False) and _is_anyone(request):
            request.drawn_as_of = self._look()  # type: ignore[attr-defined]

    def _version(self) -> tuple[object, ...]:
        """What was seen last, where that was just now."""
        looked = self._looked
        return looked[1] if looked and time.monotonic() - looked[0] < LOOK_AGAIN_SECONDS else self._look()

    def _look(self) -> tuple[object, ...]:
        """A slower thread may put an older answer back, for no longer than any answer is used."""
        begun = time.monotonic()
        found = version()
        self._looked = (begun, found)
        return found


def _is_anyone(request: HttpRequest) -> bool:
    """Whether nothing sets this reader apart: no session, no word waiting to be said, nothing searched for."""
    return request.method == "GET" and PERSONAL.isdisjoint(request.COOKIES) and PARAMETERS.issuperset(request.GET)


def _key(request: HttpRequest) -> str:
    """A part of a page, which htmx asks for, is another answer than the whole."""
    told = request.META
    about = f"{told.get('HTTP_HX_REQUEST', '')} {told.get('HTTP_HX_REQUEST_TYPE', '')} {request.get_full_path()}"
    return hashlib.sha256(about.encode()).hexdigest()


def _may_be_kept(request: HttpRequest, made: HttpResponse) -> bool:
    return (
        made.status_code == 200
        and not made.streaming
        and not made.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and settings.CSRF_COOKIE_NAME not in request.COOKIES  # a form in it could hold this reader's token
        and len(made.content) <= LARGEST
    )


def _kept(request: HttpRequest, made: HttpResponse, as_of: tuple[object, ...]) -> Kept:
    match = request.resolver_match
    assert match is not None  # a view was marked
    csp = getattr(made, "_csp_update", None)
    return Kept(as_of, made.content, dict(made.headers), csp, (match.kwargs, match.url_name, [*match.namespaces]))


def _again(request: HttpRequest, kept: Kept) -> HttpResponse:
    """The same answer once more; what the policy lets in goes with it."""
    kwargs, name, namespaces = kept.match
    request.resolver_match = ResolverMatch(remembered, (), kwargs, name, namespaces=namespaces)
    made = HttpResponse(kept.content, headers=kept.headers)
    if kept.csp:
        made._csp_update = kept.csp  # type: ignore[attr-defined] # noqa: SLF001 - how django-csp is told
    return made
