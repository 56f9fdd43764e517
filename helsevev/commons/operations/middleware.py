"""What every request passes: how fast one may ask, and no sign comes in that no database keeps."""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict

from helsevev.commons.ui.views import too_many_requests
from helsevev.core.rates import Standing, caller
from helsevev.core.strictjson import UNSTORABLE, keepable


def standing(request: HttpRequest) -> Standing | None:
    """Where the caller stands after this request; None at a door without a limit.

    The count lives in this process's memory and nowhere else: an address is forgotten when its window ends.
    """
    found = next((rate for pattern, rate in settings.RATES if pattern.match(request.path)), None)
    if found is None:
        return None
    who = caller(
        request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", ""), settings.TRUSTED_PROXIES
    )
    now = time.time()
    key = f"{found.name}:{found.window(now)}:{who}"
    counts = caches["rates"]
    # `add` first: a window that ends between the two calls then only counts one request too few.
    if counts.add(key, 1, found.seconds):
        return Standing(found, 1, found.left(now))
    try:
        return Standing(found, counts.incr(key), found.left(now))
    except ValueError:
        return Standing(found, 1, found.left(now))


class RateMiddleware:
    """Counts, refuses with 429 where the limit is reached, and tells the caller where it stands."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or ask the caller to wait."""
        now = standing(request)
        if now is None:
            return self.get_response(request)
        response = self.get_response(request) if now.allowed else refusal(request, now)
        for name, value in now.headers.items():
            response[name] = value
        return response


def refusal(request: HttpRequest, now: Standing) -> HttpResponse:
    """Too many requests: a page for people, a problem document for programs."""
    if not request.path.startswith("/api/"):
        return too_many_requests(request)
    problem = {
        "type": "about:blank",
        "title": "Too many requests",
        "status": 429,
        "detail": f"At most {now.rate.most} requests in {now.rate.seconds} seconds. "
        f"Wait {now.resets_in} seconds and ask again.",
    }
    return JsonResponse(problem, status=429, content_type="application/problem+json")


class KeepableMiddleware:
    """Takes in no sign that no database keeps: NUL, which PostgreSQL refuses in texts, JSON and what is looked for.

    Nobody types a NUL, so one is a fault or a probe. In what a form sends and a question asks a mark takes its place
    and all the rest stays; an address with one leads nowhere. Stands last, when it is known how much a form may bring.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing here; the view isn't known yet."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., HttpResponseBase], _args: object, _kwargs: object
    ) -> None:
        """Look at what is about to be read."""
        if UNSTORABLE.search(request.path_info):
            raise Http404
        if _holds_unkeepable(request.GET):
            setattr(request, "GET", _with_marks(request.GET))  # noqa: B010 the stubs want it never set
        if request.method == "POST" and _holds_unkeepable(request.POST):
            setattr(request, "POST", _with_marks(request.POST))  # noqa: B010 the same


def _holds_unkeepable(sent: QueryDict) -> bool:
    return any(UNSTORABLE.search(text) for name, texts in sent.lists() for text in (name, *map(str, texts)))


def _with_marks(sent: QueryDict) -> QueryDict:
    """The same fields in the same order, with marks."""
    made = QueryDict(mutable=True, encoding=sent.encoding)
    for name, texts in sent.lists():
        for text in texts:
            made.appendlist(str(keepable(name)), str(keepable(text)))
    made._mutable = False  # noqa: SLF001 as the request's own are
    return made
