"""Open statistics: every figure over the whole period, as a page, a picture and files."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.core.annual import Line
from helsevev.core.charts import Columns
from helsevev.core.charts.wording import number
from helsevev.core.opendata import FORMS, LICENCE, LICENCE_NAME
from helsevev.network.annual_report import queries
from helsevev.network.annual_report.panels.chapters import CHAPTERS
from helsevev.network.annual_report.panels.period import chart, written
from helsevev.network.portfolio.panels.figures import Place, figure
from helsevev.network.portfolio.views.pictures import answer

Row = dict[str, object]


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """The table, chapter by chapter, and the picture of what was awarded."""
    language = get_language() or "nb"
    lines, years = queries.period(language)
    drawn = chart(lines, years, language)
    context = {
        "years": years,
        "chapters": [
            {"name": name, "title": _(title), "rows": rows}
            for name, title, beginnings in CHAPTERS
            if (rows := [_row(one, years, language) for one in lines if one.key.startswith(beginnings)])
        ],
        "picture": _picture(drawn),
        "downloads": [{"label": form.upper(), "url": _address(form)} for form in FORMS],
        "licence": {"name": LICENCE_NAME, "url": LICENCE},
        "breadcrumbs": [
            {"label": _("Annual reports"), "url": reverse("annual_report:list")},
            {"label": _("Figures year by year")},
        ],
    }
    return render(request, "annual_report/statistics.html", context)


def _picture(drawn: Columns | None) -> Row | None:
    if drawn is None:
        return None
    address = reverse("annual_report:statistics_picture", args=["svg"])
    return figure(drawn, Place(address.removesuffix(".svg"), {}))


def _address(form: str) -> str:
    return reverse("annual_report:statistics_file", args=[form])


def _row(line: Line, years: Sequence[int], language: str) -> Row:
    cells = [
        {
            "text": number(value.number, language) if (value := line.values.get(year)) else "",
            "url": reverse("annual_report:figure", args=[year, line.key]) if value else "",
            "stated": bool(value and value.stated),
        }
        for year in years
    ]
    return {"label": line.label, "unit": line.unit, "cells": cells}


@require_safe
def picture(request: HttpRequest, form: str) -> HttpResponseBase:
    """The picture as a file."""
    language = get_language() or "nb"
    return answer(request, chart(*queries.period(language), language), form)


@require_safe
def file(_request: HttpRequest, form: str) -> HttpResponseBase:
    """All lines as a file; an empty place where nothing is known."""
    lines, years = queries.period(get_language() or "nb")
    response = HttpResponse(written(form, lines, years), content_type=FORMS[form][1])
    response["Content-Disposition"] = f'attachment; filename="helsevev-statistics.{form}"'
    return response
