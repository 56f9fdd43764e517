"""Root addresses. Pages begin with the language: /nb/, /nn/ or /en/."""

from importlib import import_module

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from helsevev.commons.people import urls as people_urls
from helsevev.front.urls import api_urlpatterns, machine_urlpatterns

ROOM_PREFIXES = {
    "helsevev.network.portfolio": "portfolio/",
    "helsevev.network.annual_report": "reports/",
    "helsevev.network.visits": "visits/",
    "helsevev.network.newsletter": "newsletter/",
    "helsevev.network.events": "meetings/",
    "helsevev.network.surveys": "surveys/",
    "helsevev.network.guidance": "guidance/",
    "helsevev.network.applications": "",
    "helsevev.network.assessment": "assessment/",
    "helsevev.network.workspace": "guidance/",
    "helsevev.network.piloting": "guidance/",
    "helsevev.toolbox.pricing": "toolbox/prices/",
    "helsevev.knowledge.comments": "comments/",
    "helsevev.knowledge.pages": "knowledge/",
    "helsevev.knowledge.search": "search/",
}

WINGS_HERE = {room.split(".")[1] for room in settings.ROOMS}


def _rooms(name: str) -> list[URLPattern | URLResolver]:
    """The pages of every installed wing room that has some; `name` is urlpatterns or plain_urlpatterns."""
    found: list[URLPattern | URLResolver] = []
    for room in settings.ROOMS:
        module = import_module(f"{room}.urls")
        if hasattr(module, name):
            prefix = ROOM_PREFIXES[room]
            found.append(path(prefix, include((getattr(module, name), module.app_name))))
    return found


urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("helsevev.commons.operations.urls")),
    path("", include((machine_urlpatterns, "machines"))),
    *api_urlpatterns,
    path("oidc/", include(people_urls.plain_urlpatterns)),
]
urlpatterns += i18n_patterns(
    path("", include("helsevev.front.urls")),
    *([path("knowledge/desk/", include("helsevev.knowledge.pages.urls.desk"))] if "knowledge" in WINGS_HERE else []),
    *_rooms("urlpatterns"),
    path("account/", include(people_urls.account_urlpatterns)),
    path("people/", include("helsevev.commons.people.urls")),
    path("shelf/", include("helsevev.commons.shelf.urls")),
    path("forms/", include("helsevev.commons.forms.urls")),
    path("mail/", include("helsevev.commons.mail.urls")),
    path("trail/", include("helsevev.commons.audit.urls")),
    path("ui/", include("helsevev.commons.ui.urls")),
)
if settings.DEMO:
    urlpatterns += i18n_patterns(path("demo/", include("helsevev.commons.demo.urls")))
handler429 = "helsevev.commons.people.views.too_many"
handler500 = "helsevev.commons.people.views.keeping_typed.broken"
