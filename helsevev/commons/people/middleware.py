"""Puts who asks on the request, as a value that rules understand."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from helsevev.commons.people import queries


class PersonMiddleware:
    """Sets `request.person`, looked up when first asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the person and go on."""
        request.person = SimpleLazyObject(lambda: queries.person_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)
