"""The open pages: the years, a report, the rows behind a figure, and files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.commons.people.rules import may
from helsevev.core import charts
from helsevev.core.charts.wording import day, number
from helsevev.core.words import Refused
from helsevev.network.annual_report import queries
from helsevev.network.annual_report.panels.chapters import Chapter, Figure, chapters, headlines, shown
from helsevev.network.annual_report.panels.formats import TYPES, written
from helsevev.network.annual_report.rules import PERMISSIONS
from helsevev.network.portfolio.panels.figures import Place, figure
from helsevev.network.portfolio.views.pictures import answer

Row = dict[str, Any]


def language_of(_request: HttpRequest) -> str:
    """The reader's."""
    return get_language() or "nb"


def found(request: HttpRequest, year: int) -> queries.Report:
    """A year's report, or nothing there."""
    try:
        return queries.report(year, language_of(request))
    except Refused:
        raise Http404 from None


def crumbs(year: int, *more: str) -> list[dict[str, str]]:
    """The way here."""
    way = [{"label": _("Annual reports"), "url": reverse("annual_report:list")}]
    name = _("Annual report %(year)s") % {"year": year}
    if not more:
        return [*way, {"label": name}]
    return [*way, {"label": name, "url": reverse("annual_report:report", args=[year])}, {"label": more[0]}]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every year that there is something to report of."""
    years = queries.years()
    published = set(queries.published())
    context = {
        "rows": [{"year": year, "is_published": year in published} for year in years],
        "breadcrumbs": [{"label": _("Annual reports")}],
    }
    return render(request, "annual_report/list.html", context)


@require_safe
def report(request: HttpRequest, year: int) -> HttpResponse:
    """The whole report."""
    made = found(request, year)
    language = language_of(request)
    person = request.person  # type: ignore[attr-defined] # a middleware sets it
    told = chapters(made.document, language)
    context = {
        "report": made,
        "year": year,
        "cutoff": day(made.document["cutoff"], language),
        "headlines": [_headline(one, year, language) for one in headlines(made.document)],
        "chapters": [_chapter(one, year, language) for one in told],
        "appendix": made.document["appendix"],
        "may_write": may(person, "write_foreword", PERMISSIONS),
        "may_publish": may(person, "publish", PERMISSIONS),
        "breadcrumbs": crumbs(year),
    }
    return render(request, "annual_report/report.html", context)


def _headline(one: Figure, year: int, language: str) -> Row:
    return {
        "value": number(shown(one) or 0, language),
        "label": one["label"],
        "url": reverse("annual_report:figure", args=[year, one["key"]]),
    }


def _chapter(chapter: Chapter, year: int, language: str) -> Row:
    drawn = []
    for one in chapter.drawn:
        address = reverse("annual_report:picture", kwargs={"year": year, "name": one.name, "form": "svg"})
        drawn.append(figure(one, Place(address.removesuffix(".svg"), {}), size="half"))
    return {
        "name": chapter.name,
        "title": chapter.title,
        "drawn": drawn,
        "rows": [_row(one, year, language) for one in chapter.figures],
    }


def _row(one: Figure, year: int, language: str) -> Row:
    numbers = {
        name: "–" if one[name] is None else number(one[name], language) for name in ("counted", "stated", "difference")
    }
    return {
        **one,
        **numbers,
        "differs": bool(one["difference"]),
        "url": reverse("annual_report:figure", args=[year, one["key"]]),
    }


@require_safe
def figure_page(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """What a figure means, and the rows behind it."""
    made = found(request, year)
    one = next((one for one in made.document["figures"] if one["key"] == key), None)
    if one is None:
        raise Http404
    listed = set(one["rows"])
    context = {
        "year": year,
        "one": _row(one, year, language_of(request)),
        "rows": [row for row in made.document["appendix"] if row["key"] in listed],
        "behind": made.behind.get(key, []),
        "cutoff": day(made.document["cutoff"], language_of(request)),
        "breadcrumbs": crumbs(year, str(one["label"])),
    }
    return render(request, "annual_report/figure.html", context)


@require_safe
def file(request: HttpRequest, year: str, form: str) -> HttpResponseBase:
    """The report as a file."""
    content = written(found(request, int(year)), form, language_of(request))
    response = HttpResponse(content, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="helsevev-{year}.{form}"'
    return response


@require_safe
def picture(request: HttpRequest, year: str, name: str, form: str) -> HttpResponseBase:
    """One of the report's charts as a file."""
    made = found(request, int(year))
    drawn: list[charts.Drawable] = [
        one for chapter in chapters(made.document, language_of(request)) for one in chapter.drawn
    ]
    return answer(request, next((one for one in drawn if one.name == name), None), form)
