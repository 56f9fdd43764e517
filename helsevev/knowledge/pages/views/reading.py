"""x."""

from django.http import HttpRequest, HttpResponse


def front(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def page(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse("")
