"""Counts the opening of open pages at the edge, so that a page that was remembered counts too."""

from collections.abc import Callable

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from helsevev.core.rates import caller
from helsevev.core.visits import Look, arrival, kind_of, preferred
from helsevev.core.visits.agents import Device
from helsevev.network.visits.actions.counting import counter

MARKS = ("utm_source", "utm_medium")


def counted_pages() -> frozenset[str]:
    """The addresses that every room has named as open pages; nothing else is ever counted."""
    return frozenset(name for config in apps.get_app_configs() for name in getattr(config, "counted_pages", ()))


class VisitsMiddleware:
    """Looks at what was answered. Sets nothing, stores nothing and asks no database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response
        self.pages = counted_pages()
        self.own = frozenset(host.lower().removeprefix("www.") for host in settings.ALLOWED_HOSTS)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and count."""
        response = self.get_response(request)
        if request.method == "GET" and response.status_code == 200 and self._is_page(request, response):
            self._count(request)
        return response

    def _is_page(self, request: HttpRequest, response: HttpResponse) -> bool:
        match = request.resolver_match
        return (
            match is not None
            and match.view_name in self.pages
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and response.headers.get("Content-Type", "").startswith("text/html")
            and _is_opened(request)
        )

    def _count(self, request: HttpRequest) -> None:
        """Programs, and people who ask not to be counted, count as a number and nothing more."""
        told, day = request.META, timezone.localdate()
        agent = told.get("HTTP_USER_AGENT", "")
        device = kind_of(agent)
        if device is Device.ROBOT:
            counter.only(day, "robots")
        elif told.get("HTTP_SEC_GPC") == "1" or told.get("HTTP_DNT") == "1":
            counter.only(day, "declined")
        else:
            forwarded = told.get("HTTP_X_FORWARDED_FOR", "")
            address = caller(told.get("REMOTE_ADDR", ""), forwarded, settings.TRUSTED_PROXIES)
            counter.add(day, self._look(request, device), address, agent)

    def _look(self, request: HttpRequest, device: Device) -> Look:
        told = request.META
        marks = {name: request.GET.get(name, "") for name in MARKS} if "utm_" in told.get("QUERY_STRING", "") else {}
        came = arrival(told.get("HTTP_REFERER", ""), self.own, marks, told.get("HTTP_SEC_FETCH_SITE", ""))
        language, country = preferred(told.get("HTTP_ACCEPT_LANGUAGE", ""))
        return Look(_page(request.path_info), came, device, language, country)


def _is_opened(request: HttpRequest) -> bool:
    """Whether somebody opens it now: a browser that fetches it in case, or a part of a page, opens nothing."""
    told = request.META
    if "HTTP_HX_REQUEST" in told or told.get("HTTP_SEC_FETCH_DEST", "document") != "document":
        return False
    fetched = (told.get(name, "") for name in ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ"))
    return not any("prefetch" in word or "prerender" in word or "preview" in word for word in fetched)


def _page(path: str) -> str:
    """The path without its language: a page is one page in each."""
    first, _slash, rest = path[1:].partition("/")
    return f"/{rest}" if first in LANGUAGES else path


LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)
