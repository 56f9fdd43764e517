"""The page where administrators read the trail."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.commons.audit import queries, rules
from helsevev.commons.audit.forms import TrailChoice
from helsevev.core.roles import may


@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """Lines of the trail, newest first, about one object or by one actor when asked."""
    if not may(request.person, "see_trail", rules.PERMISSIONS):  # type: ignore[attr-defined] # a middleware sets it
        raise Http404
    form = TrailChoice(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = queries.page(**chosen) if chosen or not form.is_bound else queries.Page([])
    kept = {name: value for name, value in chosen.items() if value and name != "before"}
    context = {
        "form": form,
        "page": page,
        "older_url": f"?{urlencode({**kept, 'before': page.older})}",
        "newest_url": f"?{urlencode(kept)}",
        "breadcrumbs": [{"label": _("Trail")}],
        "robots": "noindex",
    }
    return render(request, "audit/trail.html", context)
