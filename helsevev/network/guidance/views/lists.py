"""The engagements that one takes part in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.commons.people.rules import Person, may
from helsevev.network.guidance.queries import listing
from helsevev.network.guidance.rules import PERMISSIONS
from helsevev.network.guidance.views.door import crumbs, page, person_on


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Working rooms that one may enter; whoever could have none is told that there is no such page."""
    person = person_on(request)
    if not listing.has_list(person):
        raise Http404
    context = {
        "heading": _("Guidance"),
        "rows": listing.rows(person, get_language() or "nb"),
        "ways": _ways(person),
        "breadcrumbs": crumbs(None),
    }
    return page(request, "guidance/mine", None, context)


def _ways(person: Person) -> list[dict[str, str]]:
    """The pages of those who give guidance."""
    every = (
        ("see_own_load", "guidance:load", _("Advisors' load")),
        ("see_capacity", "guidance:capacity", _("Hours for the next round")),
        ("run_groups", "guidance:groups", _("Groups")),
        ("open_engagement", "guidance:open", _("Open an engagement")),
    )
    return [{"label": label, "url": reverse(name)} for action, name, label in every if may(person, action, PERMISSIONS)]
