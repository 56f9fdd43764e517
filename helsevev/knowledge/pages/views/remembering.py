"""Open pages remembered as they were drawn (husk): for readers without a session, until something on them changes.

What is remembered lies in the process's own memory. Each time, three statements ask how often something that readers
see has changed, in any process; pages drawn before that are drawn anew. What no version counts (a name in the taxonomy)
is seen when the minutes have run out. A reader with a session is never given a remembered page, and a page that sets a
cookie or has a form that changes something is never remembered.
"""

import hashlib
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from helsevev.knowledge.pages.queries.standing import version
from helsevev.knowledge.pages.rules.choices import FACETS

SECONDS = 5 * 60
LARGEST = 400_000
PARAMETERS = frozenset({*FACETS, "page"})
View = Callable[..., HttpResponse]


def remembered(view: View) -> View:
    """Wrap a view whose page is the same for everyone without a session; stands above what sets its headers."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not _is_anyone(request):
            return view(request, *args, **kwargs)
        pages, key = caches["pages"], _key(request)
        if kept := pages.get(key):
            return _again(*kept)
        made = view(request, *args, **kwargs)
        patch_vary_headers(made, ["Cookie"])
        if _may_be_kept(request, made):
            pages.set(key, (made.content, dict(made.headers), getattr(made, "_csp_update", None)), SECONDS)
        return made

    return answer


def _is_anyone(request: HttpRequest) -> bool:
    """Whether nothing sets this reader apart: no session, no word waiting to be said, nothing searched for."""
    personal = {settings.SESSION_COOKIE_NAME, "messages"}
    return not personal & request.COOKIES.keys() and request.GET.keys() <= PARAMETERS


def _key(request: HttpRequest) -> str:
    about = (version(), request.get_full_path(), request.headers.get("HX-Request-Type", ""))
    return hashlib.sha256(repr(about).encode()).hexdigest()


def _may_be_kept(request: HttpRequest, made: HttpResponse) -> bool:
    return (
        made.status_code == 200
        and not made.streaming
        and not made.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and len(made.content) <= LARGEST
    )


def _again(content: bytes, headers: dict[str, str], csp: object) -> HttpResponse:
    """The same answer once more; what the policy lets in goes with it."""
    made = HttpResponse(content, headers=headers)
    if csp:
        made._csp_update = csp  # type: ignore[attr-defined] # noqa: SLF001 - how django-csp is told
    return made
