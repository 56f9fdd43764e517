"""Pictures as files: SVG in two palettes and two widths, PNG, and the numbers as CSV."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from helsevev.core import charts
from helsevev.core.tables import csv_lines
from helsevev.network.portfolio.panels.figures import Place, figure
from helsevev.network.portfolio.queries import pages, pictures
from helsevev.network.portfolio.queries.naming import Naming

KEPT_SECONDS = 7 * 24 * 3600
YEAR_SECONDS = 365 * 24 * 3600
TYPES = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}


class Style(NamedTuple):
    """How a picture is asked for; `alone` when it leaves the page with title, note and source."""

    palette: str
    width: str
    alone: bool

    @property
    def name(self) -> str:
        """The style in a word, for a cache's key."""
        return f"{self.palette}-{self.width}-{'alone' if self.alone else 'placed'}"


def _style(request: HttpRequest) -> Style:
    """The style an address asks for; what isn't one isn't found."""
    style = Style(
        request.GET.get("palette", "light"), request.GET.get("width", "wide"), request.GET.get("alone") == "1"
    )
    if style.palette not in charts.PALETTES or style.width not in charts.WIDTHS:
        raise Http404
    return style


def answer(
    request: HttpRequest, chart: charts.Drawable | None, form: str, *, private: bool = False
) -> HttpResponseBase:
    """A chart as a file. It is drawn once and kept; whoever has it already is told so."""
    if chart is None:
        raise Http404
    style, digest = _style(request), charts.digest(chart)
    etag = quote_etag(f"{digest}-{style.name}-{form}")
    response = get_conditional_response(request, etag)
    if response is None:
        response = HttpResponse(_drawn(chart, form, style, digest), content_type=TYPES[form])
    response["ETag"] = etag
    if style.alone or form != "svg":
        response["Content-Disposition"] = f'attachment; filename="helsevev-{chart.name}.{form}"'
    if private:
        patch_cache_control(response, private=True, no_cache=True)
    elif request.GET.get("v") == digest:
        patch_cache_control(response, public=True, max_age=YEAR_SECONDS, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=60)
    return response


def _drawn(chart: charts.Drawable, form: str, style: Style, digest: str) -> bytes:
    """The file's bytes, from the cache where they have been drawn before."""
    key = f"picture:{digest}:{style.name}:{form}"
    found: bytes | None = cache.get(key)
    if found is None:
        found = DRAWN[form](chart, style)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _svg(chart: charts.Drawable, style: Style) -> bytes:
    palette, width = charts.PALETTES[style.palette], charts.WIDTHS[style.width]
    return charts.draw(chart, palette, width, alone=style.alone).encode()


def _png(chart: charts.Drawable, _style: Style) -> bytes:
    return charts.png(chart)


def _csv(chart: charts.Drawable, _style: Style) -> bytes:
    return b"".join(csv_lines(chart.heads, chart.table()))


DRAWN: Mapping[str, Callable[[charts.Drawable, Style], bytes]] = {"svg": _svg, "png": _png, "csv": _csv}


# --- A project's pictures --------------------------------------------------------------------------------------------
@require_safe
def project_picture(request: HttpRequest, key: str, name: str, form: str) -> HttpResponseBase:
    """A project's timeline or family tree; nobody learns whether a draft exists."""
    subject = _subject(request, key)
    return answer(request, pictures.picture(name, subject), form, private=not subject.project.published)


def _subject(request: HttpRequest, key: str) -> pictures.Subject:
    """The project, where this person may see its page."""
    person = request.person  # type: ignore[attr-defined] # a middleware sets it
    project = pages.visible(person).select_related("initiative").filter(initiative__key=key).first()
    if project is None:
        raise Http404
    return pictures.Subject(project, Naming(get_language() or "nb"), timezone.localdate())


def project_figures(request: HttpRequest, key: str) -> dict[str, dict[str, object]]:
    """The figures of a project's page by name, those that there is something to draw for."""
    subject = _subject(request, key)
    found: dict[str, dict[str, object]] = {}
    for name in pictures.PICTURES:
        if chart := pictures.picture(name, subject):
            urls = _kin_urls(chart) if isinstance(chart, charts.Family) else ()
            found[name] = figure(chart, _place(key, name), urls)
    return found


def _kin_urls(chart: charts.Family) -> list[str]:
    """Where the members of a family lead; the one whose page it is leads nowhere."""
    return ["" if member.here else reverse("portfolio:project", args=[member.key]) for member in chart.members]


def _place(key: str, name: str) -> Place:
    """Where a project's picture lies."""
    address = reverse("portfolio:picture", kwargs={"key": key, "name": name, "form": "svg"})
    return Place(address.removesuffix(".svg"), {})
