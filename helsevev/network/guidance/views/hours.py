"""The hours of a working room."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.network.guidance.queries import hours as asking
from helsevev.network.guidance.views.door import crumbs, enter, page


@require_safe
def hours(request: HttpRequest, key: str) -> HttpResponse:
    """The balance and every line."""
    inside = enter(request, key, "see_hours")
    context = {
        "heading": _("Hours"),
        "balance": asking.balance(inside.engagement),
        "breadcrumbs": crumbs(inside),
    }
    return page(request, "guidance/hours", inside, context)
