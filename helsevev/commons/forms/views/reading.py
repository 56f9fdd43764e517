"""Pages to read: what was bound, and an empty form beforehand."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from helsevev.commons.forms import queries
from helsevev.commons.forms.forms.questions import language
from helsevev.commons.forms.models import BoundResponse, FormVersion
from helsevev.commons.forms.views.saying import FileAddress

NOTHING: Mapping[str, Any] = {}


def bound(
    request: HttpRequest,
    response: BoundResponse,
    *,
    title: str,
    breadcrumbs: Sequence[Mapping[str, object]] = (),
    file_url: Callable[[str], str] | None = None,
    context: Mapping[str, Any] = NOTHING,
) -> HttpResponse:
    """What was bound, in the reader's language as far as the form speaks it; the answers as they were written."""
    return render(
        request,
        "forms/bound.html",
        {
            "title": title,
            "bound": response,
            "told": queries.told_of(response, language()),
            "file_url": FileAddress(file_url),
            "breadcrumbs": list(breadcrumbs),
            "robots": "noindex",
            **context,
        },
    )


def empty(
    request: HttpRequest,
    version: FormVersion,
    *,
    title: str = "",
    breadcrumbs: Sequence[Mapping[str, object]] = (),
    context: Mapping[str, Any] = NOTHING,
) -> HttpResponse:
    """An empty form to read beforehand: every question, its help and its choices."""
    form = queries.compiled(version)
    return render(
        request,
        "forms/empty.html",
        {
            "title": title or form.title.in_language(language()),
            "description": form.description.in_language(language()),
            "told": queries.empty(form, language()),
            "breadcrumbs": list(breadcrumbs),
            **context,
        },
    )
