"""What machines ask the site for: robots, the map of its pages, whom to tell of a hole, and how to install it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from helsevev.commons.ui.rules import in_language
from helsevev.core.frame import Page, Section
from helsevev.core.opendata import Catalogue, described
from helsevev.core.words import gettext_noop
from helsevev.front import panels

CODES = [code for code, _name in settings.LANGUAGES]
# Pages on one map; each stands there once in each language, and 50,000 addresses is the format's limit.
ON_ONE_MAP = 5_000
OWN_PAGES = ("home", "organisations", "about", "interface", "accessibility", "privacy")
OPEN = """User-agent: *
Disallow: /*/portfolio/?
Disallow: /*/portfolio/export.
Disallow: /*/accounts/
Disallow: /*/ui/

Sitemap: {site}/sitemap.xml
"""
CLOSED = """# This is a demonstration with invented accounts.
User-agent: *
Disallow: /
"""
hourly = cache_control(public=True, max_age=3600)


@require_safe
@hourly
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: all pages, but not every selection of them; nothing in a demonstration."""
    return _text(CLOSED if settings.DEMO else OPEN.format(site=settings.SITE_URL))


@require_safe
@hourly
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole (RFC 9116). It says for how long it holds: to the end of the next half year."""
    now = datetime.now(UTC)
    expires = (now.replace(day=1, hour=0, minute=0, second=0, microsecond=0) + timedelta(days=184)).replace(day=1)
    lines = (
        f"Contact: mailto:{settings.CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nb, nn, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    )
    return _text("\n".join(lines) + "\n")


def _text(content: str) -> HttpResponse:
    return HttpResponse(content, content_type="text/plain; charset=utf-8")


@require_safe
@hourly
def open_data(request: HttpRequest) -> HttpResponse:
    """All open data described as DCAT-AP, for those who gather such descriptions."""
    site = settings.SITE_URL
    sets = [
        replace(one, page=site + one.page, files={form: site + url for form, url in one.files.items()})
        for one in panels.datasets()
    ]
    catalogue = Catalogue(
        address=site + request.path,
        title=gettext_noop("Open data of Helsevev"),
        description=gettext_noop("What is open on the site, as files that anyone may use again."),
        publisher="Helsevev",
        home=site + "/",
        email=settings.CONTACT,
        sets=sets,
    )
    return JsonResponse(described(catalogue, _in), content_type="application/ld+json")


def _in(text: str, language: str) -> str:
    with override(language):
        return _(text)


@require_safe
@hourly
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the site on its first screen."""
    icons = [
        {"src": static("ui/favicon.svg"), "type": "image/svg+xml", "sizes": "any"},
        {"src": static("ui/touch-icon.png"), "type": "image/png", "sizes": "180x180"},
    ]
    about = {
        "name": "Helsevev",
        "short_name": "Helsevev",
        "lang": settings.LANGUAGE_CODE,
        "start_url": "/",
        "scope": "/",
        "display": "browser",
        "theme_color": "#00525f",
        "background_color": "#ffffff",
        "icons": icons,
    }
    return JsonResponse(about, content_type="application/manifest+json")


@require_safe
@hourly
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers that ask at the old place are sent to the mark."""
    return HttpResponseRedirect(static("ui/favicon.svg"))


@require_safe
@hourly
def opensearch(request: HttpRequest) -> HttpResponse:
    """Lets a browser search the projects from its address field."""
    found = panels.address("portfolio:list")
    if not found:
        raise Http404
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        "  <ShortName>Helsevev</ShortName>\n"
        f"  <Description>{escape(_('Search in the projects'))}</Description>\n"
        "  <InputEncoding>UTF-8</InputEncoding>\n"
        f'  <Image type="image/svg+xml">{escape(settings.SITE_URL + static("ui/favicon.svg"))}</Image>\n'
        f'  <Url type="text/html" template={quoteattr(f"{settings.SITE_URL}{found}?q={{searchTerms}}")}/>\n'
        "</OpenSearchDescription>\n"
    )
    return HttpResponse(content, content_type="application/opensearchdescription+xml; charset=utf-8")


# --- The map of the site ---------------------------------------------------------------------------------------------
URLSET = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
INDEX = '<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


def _sections() -> list[Section]:
    """Our own pages, those of the organisations that take part, and the rooms'."""
    with override(settings.LANGUAGE_CODE):
        own = [Page(reverse(f"front:{name}")) for name in OWN_PAGES]
        address = reverse("front:organisations")
    taking_part = [Page(f"{address}{key}/") for key in sorted(panels.organisation_counts())]
    return [_listed("pages", own), _listed("organisations", taking_part), *panels.sections()]


def _listed(name: str, pages: list[Page]) -> Section:
    """A section that is short enough to be a list."""
    return Section(name, len(pages), lambda first, most: pages[first : first + most])


@require_safe
@hourly
def sitemap(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Every open page in each language; when they are many, a list of maps instead."""
    found = _sections()
    if sum(section.count for section in found) <= ON_ONE_MAP:
        every = chain.from_iterable(section.pages(0, ON_ONE_MAP) for section in found)
        return _xml(_urlset(every))
    return _xml(_index(found))


@require_safe
@hourly
def sitemap_part(request: HttpRequest, name: str, number: int) -> StreamingHttpResponse:
    """One of many maps."""
    section = next((section for section in _sections() if section.name == name), None)
    first = (number - 1) * ON_ONE_MAP
    if section is None or number < 1 or (first >= section.count and number > 1):
        raise Http404
    return _xml(_urlset(section.pages(first, ON_ONE_MAP)))


def _xml(pieces: Iterable[str]) -> StreamingHttpResponse:
    return StreamingHttpResponse(pieces, content_type="application/xml; charset=utf-8")


def _urlset(pages: Iterable[Page]) -> Iterator[str]:
    """A map, page by page."""
    yield URLSET
    for page in pages:
        yield _entries(page)
    yield "</urlset>\n"


def _entries(page: Page) -> str:
    """One page in each language, each naming all of them."""
    urls = {code: settings.SITE_URL + in_language(page.path, code, CODES) for code in CODES}
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(code)} href={quoteattr(url)}/>' for code, url in urls.items()
    )
    changed = f"<lastmod>{page.changed:%Y-%m-%d}</lastmod>" if page.changed else ""
    return "".join(f"<url><loc>{escape(url)}</loc>{changed}{others}</url>\n" for url in urls.values())


def _index(sections: Iterable[Section]) -> Iterator[str]:
    """The list of maps."""
    yield INDEX
    for section in sections:
        for number in range(1, -(-section.count // ON_ONE_MAP) + 1):
            path = reverse("machines:sitemap_part", kwargs={"name": section.name, "number": number})
            yield f"<sitemap><loc>{escape(settings.SITE_URL + path)}</loc></sitemap>\n"
    yield "</sitemapindex>\n"
