"""How the programming interface behaves towards every caller, whatever it asks for."""

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe, quote_etag
from django.utils.translation import override
from ninja.errors import ValidationError

View = Callable[..., HttpResponse]
Known = Callable[[], Mapping[str, frozenset[str]]]
METHODS = "GET, HEAD, OPTIONS"
PROBLEM = "application/problem+json"
SEEN = "ETag, Last-Modified, Link, RateLimit, RateLimit-Policy, Retry-After"
logger = logging.getLogger(__name__)


def problem(status: int, detail: str, faults: list[dict[str, str]] | None = None) -> HttpResponse:
    """A refusal as a problem document."""
    about = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JsonResponse({**about, "faults": faults or []}, status=status, content_type=PROBLEM)


def misunderstood(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    """Parameters that can't be understood, each with its name."""
    assert isinstance(error, ValidationError)
    faults = [{"where": _name(one["loc"]), "what": _sentence(one["msg"])} for one in error.errors]
    return problem(422, "A parameter can't be understood.", faults)


def _name(steps: Sequence[object]) -> str:
    """The parameter's name; in a list the last step is a number, and the name stands before it."""
    return next((step for step in reversed(steps) if isinstance(step, str)), "")


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def nothing_named(request: HttpRequest, error: Http404 | type[Http404]) -> HttpResponse:
    """Nothing has the key that was asked for."""
    return problem(404, str(error))


def fault(request: HttpRequest, _error: Exception | type[Exception]) -> HttpResponse:
    """A fault of ours: the caller gets a sentence, the log gets the rest."""
    # Ninja asks for this answer while the error is being handled.
    logger.exception("The API failed at %s", request.path)  # noqa: LOG004
    return problem(500, "Something is wrong here, not with what you asked. It has been noted.")


def polite(view: View, known: Known) -> View:
    """The view, with what every caller may expect: strict parameters, ETag, HEAD, and reading from any origin."""

    @wraps(view)
    def asked(request: HttpRequest, *args: object, **values: object) -> HttpResponse:
        response = _answer(request, view, known, *args, **values)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = SEEN
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    asked.csrf_exempt = True  # type: ignore[attr-defined] # nothing here changes anything
    return asked


def _answer(request: HttpRequest, view: View, known: Known, *args: object, **values: object) -> HttpResponse:
    """One answer, before the headers that all carry."""
    if request.method == "OPTIONS":
        return _preflight()
    if request.method not in ("GET", "HEAD"):
        response = problem(405, "This interface only reads. Ask with GET.")
        response["Allow"] = METHODS
        return response
    if strange := _unknown(request, known):
        return problem(422, "A parameter is unknown.", strange)
    language = request.GET.get("lang", "")
    with override(language if language in ("nb", "nn", "en") else "nb"):
        method, request.method = request.method, "GET"
        try:
            response = view(request, *args, **values)
        except Http404:
            response = nothing_there(request)
        request.method = method
    if response.status_code == 200:
        response["Content-Language"] = language or "nb"
        response = _conditional(request, response)
    return _headers_alone(response) if request.method == "HEAD" else response


def _headers_alone(response: HttpResponse) -> HttpResponse:
    """The same answer without its body, as HEAD asks."""
    response["Content-Length"] = str(len(response.content))
    response.content = b""
    return response


def _preflight() -> HttpResponse:
    """What a browser asks before it lets another site's script read here."""
    response = HttpResponse(status=204)
    response["Allow"] = METHODS
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
    response["Access-Control-Max-Age"] = "86400"
    return response


def _unknown(request: HttpRequest, known: Known) -> list[dict[str, str]]:
    """Query parameters that the operation doesn't have; a misspelt filter must not pass as no filter."""
    match = request.resolver_match
    allowed = known().get(match.url_name or "", frozenset()) if match else frozenset()
    listed = f"It can be: {', '.join(sorted(allowed))}." if allowed else "There are none here."
    return [
        {"where": name[:100], "what": f"There is no such parameter. {listed}"}
        for name in list(request.GET)[:20]
        if name not in allowed
    ]


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with its ETag; only a 304 where the caller already has exactly this one."""
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    patch_vary_headers(response, ["Accept-Encoding"])
    changed = parse_http_date_safe(response["Last-Modified"]) if "Last-Modified" in response else None
    return get_conditional_response(request, etag=etag, last_modified=changed, response=response) or response


def nothing_there(request: HttpRequest) -> HttpResponse:
    """An address under the API that leads nowhere."""
    response = problem(404, "There is nothing at this address. The operations are listed in /api/v1/openapi.json.")
    response["Access-Control-Allow-Origin"] = "*"
    return response
