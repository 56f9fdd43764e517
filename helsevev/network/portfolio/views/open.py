"""The open pages: the list of projects and the page of one."""

from urllib.parse import parse_qsl

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from helsevev.network.portfolio.queries import facets, listing
from helsevev.network.portfolio.queries.choices import Choices

LIVE = "partial"  # what HTMX says when it will swap a part of the page


@require_safe
@vary_on_headers("HX-Request-Type")
def project_list(request: HttpRequest) -> HttpResponse:
    """The list; an address in disorder is answered by its clean form, and a live part by the part alone."""
    person = request.person  # type: ignore[attr-defined] # a middleware sets it
    selection = listing.select(dict(request.GET.lists()), person, get_language() or "nb")
    query = selection.choices.query
    if request.headers.get("HX-Request-Type") == LIVE:
        answer = render(request, "portfolio/_list.html", _list_context(selection, request.path))
        answer["HX-Push-Url"] = request.path + query
        return answer
    if not selection.choices.notices and not _is_clean(request, query):
        return HttpResponseRedirect(request.path + query)
    context = _list_context(selection, request.path) | {
        "breadcrumbs": [{"label": _("Projects")}],
        "robots": "noindex, follow" if query else "",
    }
    return render(request, "portfolio/list.html", context)


def _is_clean(request: HttpRequest, query: str) -> bool:
    """Whether an address says the same as its clean form; how its letters are encoded doesn't matter."""
    asked, clean = (
        parse_qsl(part, keep_blank_values=True, errors="replace") for part in (request.META["QUERY_STRING"], query[1:])
    )
    return asked == clean


def _list_context(selection: listing.Selection, address: str) -> dict[str, object]:
    """What the list's templates show; everything that isn't on this page of it is left to the database."""
    choices = selection.choices
    page = _page(selection)
    start = (page.number - 1) * listing.PER_PAGE
    return {
        "address": address,
        "choices": choices,
        "page": page,
        "total": selection.total,
        "cards": selection.cards(start, timezone.localdate()),
        "facets": facets.facets(selection),
        "tabs": facets.tabs(selection, address),
        "chips": [{"label": chosen.label, "url": address + chosen.without} for chosen in selection.chosen],
        "clear_url": address + Choices(listing=choices.listing).query,
        "sorts": listing.sorts(choices),
        "notices": [_(notice.why) % notice.values for notice in choices.notices],
        "map": facets.tiles(selection, address),
        "files": _files(address, choices.selection_query),
    }


def _page(selection: listing.Selection) -> "Page[int]":
    """The page asked for, or the last one where there aren't so many."""
    paginator = Paginator(range(selection.total), listing.PER_PAGE)
    return paginator.get_page(selection.choices.page)


def _files(address: str, query: str) -> list[dict[str, str]]:
    """The same selection for programs and readers of feeds."""
    names = {
        "export.csv": "CSV",
        "export.xlsx": "Excel",
        "export.json": "JSON",
        "feed.rss": "RSS",
        "feed.json": "JSON Feed",
    }
    return [{"label": label, "url": f"{address}{name}{query}"} for name, label in names.items()]
