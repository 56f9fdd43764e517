"""Says how much a page takes before anything of it is read, and turns away what is far too much."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from helsevev.commons.files.rules import LARGEST_FROM_STRANGERS, LARGEST_SMALL, in_words

MULTIPART = "multipart/"
WAITS = "X-Waits-For"
REDIRECTS = {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}


class UploadMiddleware:
    """Stands before everything that reads a form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Tell the script that shows progress where to go; a browser by itself follows without being told."""
        response = self.get_response(request)
        if request.headers.get(WAITS) != "upload" or response.status_code not in REDIRECTS:
            return response
        told = JsonResponse({"go": response.headers["Location"]})
        told.cookies = response.cookies
        return told

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """A little too much is read to its end and refused beside its field; far too much isn't read at all."""
        if not (request.content_type or "").startswith(MULTIPART):
            return None
        most: int = getattr(view, "files_most", LARGEST_SMALL)
        if not getattr(request, "user", None) or not request.user.is_authenticated:
            most = min(most, getattr(view, "files_from_strangers", LARGEST_FROM_STRANGERS))
        setattr(request, "files_most", most)  # noqa: B010 read by the handler of uploads
        if _length(request) <= 2 * most + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return None
        response = render(request, "files/too_large.html", {"limit": in_words(most)}, status=413)
        response["Connection"] = "close"
        return response


def _length(request: HttpRequest) -> int:
    """How much the request says it brings."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
