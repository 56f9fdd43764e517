"""Keeps one caller from asking faster than is good for the others, at the doors where an answer costs much."""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, JsonResponse

from helsevev.commons.ui.views import too_many_requests
from helsevev.core.rates import Standing, caller


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
