"""The gallery of components, and the answers that Django and its neighbours leave to us."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.commons.ui.views.specimens import specimens

SCHEMES = ("light", "dark")


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state; `?scheme=light` or `dark` shows them so, whatever the page is."""
    scheme = request.GET.get("scheme")
    shown = scheme if scheme in SCHEMES else ""
    names = {"": _("As the page"), "light": _("Light"), "dark": _("Dark")}
    tabs = [
        {"label": name, "url": f"?scheme={key}" if key else request.path, "current": key == shown}
        for key, name in names.items()
    ]
    context = {"specimens": specimens(), "scheme": shown, "tabs": tabs, "breadcrumbs": [{"label": _("Components")}]}
    return render(request, "ui/gallery.html", context)


def csrf_failure(request: HttpRequest, **_reason: str) -> HttpResponse:
    """A form came from elsewhere, or the page was too old; Django logs which."""
    return render(request, "403_csrf.html", status=403)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Somebody, or somebody's machine, asks faster than is good for the others."""
    return render(request, "429.html", status=429)
