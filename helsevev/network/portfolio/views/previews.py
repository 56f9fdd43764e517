"""A project's social preview: the picture that is shown where somebody shares its address."""

import hashlib

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.core import pixels
from helsevev.core.charts.letters import wrap
from helsevev.network.portfolio.queries import pages
from helsevev.network.portfolio.queries.naming import Naming

KEPT_SECONDS = 7 * 24 * 3600
# Of the picture's 1200 pixels, what its margins leave for words; and the sizes they are set in (ui/social.svg).
ROOM, TITLE, SMALL, NOTE = 1040, 62, 30, 28


@require_safe
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """Title, who stands behind it and where it stands; drawn once and kept."""
    person = request.person  # type: ignore[attr-defined] # a middleware sets it
    found = pages.page(key, Naming(get_language() or "nb"), timezone.localdate(), person)
    if found is None:
        raise Http404
    drawing = render_to_string("ui/social.svg", words(found))
    digest = hashlib.sha256(drawing.encode()).hexdigest()[:32]
    etag = quote_etag(digest)
    response = get_conditional_response(request, etag)
    if response is None:
        response = HttpResponse(_drawn(drawing, digest), content_type="image/png")
    response["ETag"] = etag
    if found.published:
        patch_cache_control(response, public=True, max_age=3600)
    else:
        patch_cache_control(response, private=True, no_cache=True)
    return response


def words(found: pages.ProjectPage) -> dict[str, object]:
    """The words on the picture, broken where they fit."""
    owners = ", ".join(line.name.text for line in found.owners)
    stands = " · ".join(part for part in (found.award, found.phase or _("Phase not stated")) if part)
    return {
        "kind": wrap(owners, ROOM, SMALL, most=1)[0],
        "lines": wrap(found.title.text, ROOM, TITLE, strong=True),
        "note": wrap(stands, ROOM, NOTE, most=1)[0],
    }


def _drawn(drawing: str, digest: str) -> bytes:
    """The pixels, from the cache where they have been drawn before."""
    key = f"preview:{digest}"
    found: bytes | None = cache.get(key)
    if found is None:
        found = pixels.from_svg(drawing)
        cache.set(key, found, KEPT_SECONDS)
    return found
