"""Where those who work with projects come back to: own drafts, what isn't published, what changed last."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import may
from helsevev.commons.shelf.rules import PERMISSIONS as SHELF
from helsevev.network.portfolio import rules
from helsevev.network.portfolio.models import Draft
from helsevev.network.portfolio.queries import editing, staff
from helsevev.network.portfolio.views.desk import person_on


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The staff's page; everyone else finds nothing here."""
    person = person_on(request)
    drafts = staff.draft_lines(request.user) if isinstance(request.user, User) else []
    thrown = _thrown(request)
    # Someone whose role has ended can still come for a draft, and for nothing else.
    if not staff.works_here(person) and not drafts and thrown is None:
        raise Http404
    context = {
        "drafts": drafts,
        "thrown": thrown,
        "unpublished": staff.unpublished(person) if staff.works_here(person) else [],
        "changes": staff.recent(person) if staff.works_here(person) else [],
        "may_create": may(person, "create", rules.PERMISSIONS),
        "may_import": may(person, "import", rules.PERMISSIONS),
        "may_see_shelf": may(person, "see_shelf", SHELF),
        "breadcrumbs": [{"label": _("Work with projects")}],
        "robots": "noindex",
    }
    response = render(request, "portfolio/staff.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _thrown(request: HttpRequest) -> Draft | None:
    """The draft that was thrown away just now, if it can be brought back."""
    number = request.GET.get("thrown", "")[:9]
    if not number.isdecimal() or not isinstance(request.user, User):
        return None
    return editing.thrown_away(request.user, int(number))
