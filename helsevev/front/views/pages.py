"""The front page, and the pages that say what this is and what it promises."""

from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev import VERSION
from helsevev.core import opendata
from helsevev.core.browser import PLACE_NAMES
from helsevev.front import panels
from helsevev.front.api import api
from helsevev.front.rules import START, Visitor, operations

SAID = ("purpose", "lasts", "whom")


class Way(TypedDict):
    """Where one kind of visitor may begin."""

    title: str
    text: str
    links: list[dict[str, str]]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, what is new, and where to start."""
    ways = [way for visitor in START if (way := _way(visitor))["links"]]
    return render(request, "front/home.html", {"blocks": panels.blocks(), "ways": ways, "main_class": "home"})


def _way(visitor: Visitor) -> Way:
    """A visitor's beginnings, those that exist here."""
    links = [
        {"label": _(label), "url": url + query} for name, query, label in visitor.links if (url := panels.address(name))
    ]
    return {"title": _(visitor.title), "text": _(visitor.text), "links": links}


def _paper(request: HttpRequest, name: str, title: str, **context: object) -> HttpResponse:
    """A page of words under the front page."""
    crumbs = [{"label": _("Front page"), "url": panels.address("front:home")}, {"label": title}]
    about = {"breadcrumbs": crumbs, "contact": settings.CONTACT, "page_name": title, **context}
    return render(request, f"front/{name}.html", about)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What Helsevev is, where its facts come from, and that it is free to use."""
    return _paper(request, "about", _("About Helsevev"), version=VERSION)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (tilgjengelighetserklæring)."""
    return _paper(request, "accessibility", _("Accessibility"))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why and for how long (personvern)."""
    return _paper(request, "privacy", _("Privacy"), visits_url=panels.address("visits:visits"))


@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """What is kept in the reader's browser (informasjonskapsler), as the rooms that keep it say."""
    kept = [
        {"name": one.name, "place": _(PLACE_NAMES[one.place]), **{name: _(getattr(one, name)) for name in SAID}}
        for one in panels.kept_in_browser()
    ]
    return _paper(request, "cookies", _("Cookies"), kept=kept)


@require_safe
def interface(request: HttpRequest) -> HttpResponse:
    """Every operation of the programming interface, written from the document that programs read."""
    data = [
        {
            "title": _(one.title),
            "description": _(one.description),
            "page": one.page,
            "files": [{"label": form.upper(), "url": url} for form, url in one.files.items()],
        }
        for one in panels.datasets()
    ]
    licence = {"name": opendata.LICENCE_NAME, "url": opendata.LICENCE}
    context = {"operations": operations(api.get_openapi_schema()), "datasets": data, "licence": licence}
    return _paper(request, "interface", _("Data and programming interface"), **context)
