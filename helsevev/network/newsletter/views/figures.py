"""The letters in figures, for those who write them."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.network.newsletter.panels import figures as laying
from helsevev.network.newsletter.queries import subscribers
from helsevev.network.newsletter.rules.states import Standing
from helsevev.network.newsletter.views.door import crumbs, private, staff
from helsevev.network.portfolio.panels.figures import Place, figure
from helsevev.network.portfolio.views.pictures import answer


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Per letter, and over time."""
    staff(request, "see_figures")
    language = get_language() or "nb"
    rows = laying.lines(language)
    chart = laying.chart(rows, language)
    address = reverse("newsletter:picture", args=["svg"]).removesuffix(".svg")
    counts = subscribers.counts()
    context = {
        "heads": laying.heads(),
        "lines": [(one, laying.cells(one)[1:]) for one in rows],
        "figure": figure(chart, Place(address, {})) if chart else None,
        "last": rows[0].numbers if rows else None,
        "active": counts.get(Standing.ACTIVE, 0),
        "resting": counts.get(Standing.RESTING, 0),
        "files": [
            {"label": label, "url": reverse("newsletter:file", args=[form])}
            for form, label in (("xlsx", "Excel"), ("csv", "CSV"))
        ],
        "breadcrumbs": crumbs((_("Figures"), "")),
    }
    return private(request, "figures", context)


@require_safe
def file(request: HttpRequest, form: str) -> HttpResponseBase:
    """All of it as a file."""
    staff(request, "see_figures")
    response = HttpResponse(laying.written(form, get_language() or "nb"), content_type=laying.TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="helsevev-newsletter.{form}"'
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def picture(request: HttpRequest, form: str) -> HttpResponseBase:
    """The chart as a file."""
    staff(request, "see_figures")
    language = get_language() or "nb"
    return answer(request, laying.chart(laying.lines(language), language), form, private=True)
