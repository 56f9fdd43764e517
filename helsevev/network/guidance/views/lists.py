"""The engagements that one takes part in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.network.guidance.queries import listing
from helsevev.network.guidance.views.door import crumbs, page, person_on


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Working rooms that one may enter; whoever has none is told that there is no such page."""
    person = person_on(request)
    if not listing.has_rooms(person):
        raise Http404
    context = {
        "heading": _("Guidance"),
        "rows": listing.rows(person, get_language() or "nb"),
        "breadcrumbs": crumbs(None),
    }
    return page(request, "guidance/mine", None, context)
