"""The list of cases, a case's answer with its sliders, and its pictures."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.commons.people.rules import may
from helsevev.core import charts, pricing
from helsevev.core.faults import Fault, Faulty
from helsevev.core.pricing.weighing import warnings
from helsevev.core.tables import csv_lines
from helsevev.toolbox.pricing.forms import sliding
from helsevev.toolbox.pricing.forms.fields import decimal_sign
from helsevev.toolbox.pricing.panels import figure
from helsevev.toolbox.pricing.queries import cases, doubts, pictures
from helsevev.toolbox.pricing.rules import PERMISSIONS
from helsevev.toolbox.pricing.views import desk

# The key figures that open their formulas.
NUMBERS = ("total_nok", "positions", "contacts_per_workday", "mean_patient_month_nok")
TYPES = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}


@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """The cases that one may see."""
    person = desk.person_on(request)
    if not cases.may_list(person):
        raise Http404
    context = {
        "cases": list(cases.visible(person)),
        "may_create": bool(cases.owners(person)),
        "may_put_series": may(person, "put_series", PERMISSIONS),
        "breadcrumbs": [{"label": _("Service prices")}],
        "robots": "noindex",
    }
    return render(request, "pricing/list.html", context)


@require_safe
def case(request: HttpRequest, key: str) -> HttpResponse:
    """The case: sliders, and what it comes to."""
    subject = desk.found(request, key)
    context = desk.frame(subject, "case") | answered(request, subject)
    return render(request, "pricing/case.html", context, status=422 if context["faults"] else 200)


@require_safe
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """What the sliders come to, as the stretch of the page that changes."""
    subject = desk.found(request, key)
    return render(request, "pricing/_answer.html", desk.frame(subject, "case") | answered(request, subject))


def answered(request: HttpRequest, subject: cases.Subject) -> dict[str, object]:
    """The answer to what the sliders ask, with its pictures; or why there is none."""
    asked = sliding.asked(subject.content, desk.one_each(request.GET))
    context: dict[str, object] = {"asked": asked, "faults": [], "result": None, "sign": decimal_sign()}
    try:
        if asked.faults:
            raise Faulty(asked.faults)
        read = pricing.read(asked.content)
        result = pricing.price(read)
    except Faulty as faulty:
        left = sliding.hold(asked, faulty.faults)
        return context | {"faults": left or [_("A slider stands where nothing can be reckoned. It says why.")]}
    drawn = pictures.Drawn(read, result, get_language() or "nb", source(subject), request.GET.get("more", ""))
    partner, group = pictures.chosen(read, drawn.place)
    base = desk.numbers_address(subject, asked.query)
    return context | {
        "result": result,
        "read": read,
        "patients": sum(read.patients.values()),
        "base": subject.answer,
        "more_nok": result.cost.total_nok - subject.answer.cost.total_nok,
        "warnings": [_warned(one) for one in warnings(read, result)],
        "figures": [_figure(subject, chart(drawn), asked.query, drawn.place) for chart in pictures.PICTURES.values()],
        "more": f"{partner.number}.{group}",
        "numbers_page": base,
        "links": {name: f"{base}open={name}#n-{name}" for name in NUMBERS},
        "own": {one.municipality_number for one in subject.own_partners},
    }


def _warned(fault: Fault) -> str:
    """A warning in the reader's language; what is said of a law names its input."""
    first, _dot, name = fault.place.partition(".")
    told = desk.said(fault.refusal)
    return f"{doubts.called(name)}: {told}" if first == "uncertainty" else told


def source(subject: cases.Subject) -> str:
    """Where a picture's numbers come from, in words."""
    words = {
        "title": subject.case.title,
        "version": subject.case.version,
        "day": date_format(subject.case.changed_at, "SHORT_DATE_FORMAT"),
    }
    if subject.case.is_illustrative:
        return _("From “%(title)s”, version %(version)s, %(day)s. Illustrative: only populations are real.") % words
    return _("From “%(title)s”, version %(version)s, %(day)s.") % words


def _figure(subject: cases.Subject, chart: charts.Drawable, query: str, place: str) -> dict[str, object]:
    """A picture with its files, which ask for the same as the sliders."""
    address = reverse("pricing:picture", kwargs={"key": subject.case.key, "name": chart.name, "form": "svg"})
    given = dict(part.split("=", 1) for part in query.split("&") if part)
    if chart.name == "one-more" and place:
        given["more"] = place
    return figure(chart, address.removesuffix(".svg"), given)


@require_safe
def picture(request: HttpRequest, key: str, name: str, form: str) -> HttpResponse:
    """One picture as a file."""
    subject = desk.found(request, key)
    asked = sliding.asked(subject.content, desk.one_each(request.GET))
    build = pictures.PICTURES.get(name)
    if build is None:
        raise Http404
    try:
        read = pricing.read(asked.content)
        place = request.GET.get("more", "")
        chart = build(pictures.Drawn(read, pricing.price(read), get_language() or "nb", source(subject), place))
    except Faulty:
        raise Http404 from None
    return file(chart, form, request.GET)


def file(chart: charts.Drawable, form: str, given: Mapping[str, str]) -> HttpResponse:
    """A chart as SVG, PNG or CSV."""
    palette = charts.PALETTES.get(given.get("palette", "light"), charts.LIGHT)
    if form == "svg":
        content = charts.draw(chart, palette, alone=True).encode()
    elif form == "png":
        content = charts.png(chart)
    else:
        content = b"".join(csv_lines(chart.heads, chart.table()))
    response = HttpResponse(content, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="helsevev-{chart.name}.{form}"'
    response["Cache-Control"] = "private, no-store"
    return response
