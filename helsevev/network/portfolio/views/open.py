"""The open pages: the list of projects and the page of one."""

from collections.abc import Sequence
from urllib.parse import parse_qsl

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from helsevev.commons.initiatives import actions as following
from helsevev.commons.initiatives import queries as initiatives
from helsevev.commons.initiatives.rules import PERMISSIONS as INITIATIVES
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import may
from helsevev.network.portfolio.panels import beside
from helsevev.network.portfolio.panels.words import Glossary
from helsevev.network.portfolio.queries import facets, listing, pages
from helsevev.network.portfolio.queries.alike import alike
from helsevev.network.portfolio.queries.choices import LINKED_FACETS, Choices
from helsevev.network.portfolio.queries.naming import Naming
from helsevev.network.portfolio.rules.permissions import PERMISSIONS
from helsevev.network.portfolio.views.pictures import project_figures

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
    page, none = _page(selection), address + Choices(listing=choices.listing).query
    start = (page.number - 1) * listing.PER_PAGE
    return {
        "address": address,
        "choices": choices,
        "hidden": [pair for pair in choices.pairs if pair[0] in ("listing", *LINKED_FACETS)],
        "page": page,
        "total": selection.total,
        "cards": selection.cards(start, timezone.localdate()),
        "facets": facets.facets(selection),
        "tabs": facets.tabs(selection, address),
        "chips": [{"label": chosen.label, "url": address + chosen.without} for chosen in selection.chosen],
        "clear_url": none if len(selection.chosen) > 1 else "",
        "none_url": none,
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


@require_safe
def project(request: HttpRequest, key: str) -> HttpResponse:
    """One project's page; nobody learns whether a draft exists."""
    person = request.person  # type: ignore[attr-defined] # a middleware sets it
    naming = Naming(get_language() or "nb")
    found = pages.page(key, naming, timezone.localdate(), person)
    if found is None:
        raise Http404
    address = reverse("portfolio:list")
    context = {
        "project": found,
        "social_image": reverse("portfolio:preview", kwargs={"key": key}),
        "address": address,
        "facts": _facts(found),
        "pictures": project_figures(request, key),
        "alike": alike(key, naming),
        "breadcrumbs": [
            {"label": _("Projects"), "url": address + Choices(listing=found.listing).query},
            {"label": found.title.text},
        ],
        "permalink": f"{settings.SITE_URL}/portfolio/{key}/",
        "follows": isinstance(request.user, User) and initiatives.follows(request.user.pk, key),
        "ways": beside.ways(key, person),
        "agreed_words": Glossary(key, person),
        "may_follow": may(person, "follow", INITIATIVES),
        "may_edit": may(person, "edit", PERMISSIONS, found.organisations),
        "may_see_history": may(person, "see_history", PERMISSIONS, found.organisations),
        "robots": "" if found.published else "noindex",
    }
    return render(request, "portfolio/project.html", context)


def _facts(found: pages.ProjectPage) -> list[dict[str, object]]:
    """What is stated in words; a fact with nothing in it is shown as not stated."""
    address = reverse("portfolio:list")
    facts: list[tuple[str, Sequence[pages.Term]]] = [
        (_("Health region"), found.terms["region"]),
        (_("Patient group"), found.terms["patient_group"]),
        (_("Theme"), found.terms["theme"]),
        (_("Focus area"), found.terms["focus_area"]),
        *((label, [pages.Term(text)] if text else []) for label, text in _texts(found)),
    ]
    return [
        {"term": label, "many": [{"label": one.label, "url": one.query and address + one.query} for one in terms]}
        for label, terms in facts
    ]


def _texts(found: pages.ProjectPage) -> list[tuple[str, str]]:
    """Facts of one text each, by their labels."""
    return [
        (_("Award"), found.award),
        (_("Kind of support"), found.support),
        (_("New or spread"), found.kind),
        (_("Status"), found.status),
        (_("Contact"), found.contact_role),
    ]


@require_POST
def follow(request: HttpRequest, key: str) -> HttpResponse:
    """Follow a project, or stop; the same button takes it back."""
    person = request.person  # type: ignore[attr-defined] # a middleware sets it
    initiative = pages.initiative(key, person) if may(person, "follow", INITIATIVES) else None
    if initiative is None or not isinstance(request.user, User):
        raise Http404
    if request.POST.get("stop"):
        following.unfollow(request.user, initiative)
        messages.info(request, _("You no longer follow this project."))
    else:
        following.follow(request.user, initiative)
        messages.success(request, _("You follow this project now. News of it comes to your page."))
    return HttpResponseRedirect(reverse("portfolio:project", args=[key]))
