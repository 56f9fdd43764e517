"""What was answered: the page, its pictures and files, and the years side by side."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.core import charts
from helsevev.core.surveys.suppression import LEAST
from helsevev.core.surveys.years import Asked
from helsevev.network.portfolio.panels.figures import Place, figure
from helsevev.network.portfolio.views.pictures import answer
from helsevev.network.surveys.models import Survey
from helsevev.network.surveys.panels import files
from helsevev.network.surveys.panels.laying import Line, Part, agreeing_head, line, parts
from helsevev.network.surveys.queries import surveys
from helsevev.network.surveys.queries.counting import Counted, counted
from helsevev.network.surveys.queries.years import Through, series, through_years
from helsevev.network.surveys.rules.states import State
from helsevev.network.surveys.views import door


def _read(request: HttpRequest, key: str) -> Counted:
    """The results, for those who may read them."""
    found = counted(door.readable(request, key))
    if found is None:
        raise Http404
    return found


@require_safe
def results(request: HttpRequest, key: str) -> HttpResponse:
    """Everything that may be told, for all or by the groups of one question."""
    found, language = _read(request, key), door.language()
    survey = found.survey
    may_group = [one for one in found.questions if one.key in survey.groupings]
    chosen = next((one.key for one in may_group if one.key == request.GET.get("by")), "")
    name = surveys.name_of(survey, language)
    context = {
        "survey": survey,
        "name": name,
        "rates": found.rates,
        "has_answers": found.rates.completed >= LEAST,
        "least": LEAST,
        "parts": [_part(one, survey, grouped=bool(chosen)) for one in parts(found, language, chosen)],
        "words": _words(found, language),
        "by_tabs": _tabs(may_group, chosen, language),
        "files": [
            {"label": label, "url": reverse("surveys:file", args=[key, form])}
            for form, label in (("xlsx", "Excel"), ("csv", "CSV"), ("pdf", "PDF"))
        ],
        "has_years": len(series(survey)) > 1,
        "may_keep": surveys.may_keep(door.person_on(request), survey),
        "is_published": survey.state == State.PUBLISHED,
        "breadcrumbs": door.crumbs((name, "")),
    }
    return _shown(request, "surveys/results.html", context)


def _shown(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page; what isn't published is its reader's alone."""
    if context["survey"].state == State.PUBLISHED:
        return render(request, template, context)
    return door.page(request, template.removeprefix("surveys/").removesuffix(".html"), context)


def _tabs(questions: list[Any], chosen: str, language: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = [{"label": _("All"), "url": "?", "current": not chosen}]
    found += [
        {"label": one.text.in_language(language), "url": f"?by={one.key}", "current": one.key == chosen}
        for one in questions
    ]
    return found if questions else []


def _part(one: Part, survey: Survey, *, grouped: bool) -> dict[str, object]:
    drawn = None
    if one.chart and not grouped:
        address = reverse("surveys:picture", kwargs={"key": survey.key, "name": one.name, "form": "svg"})
        drawn = figure(one.chart, Place(address.removesuffix(".svg"), {}))
    caption = _("%(question)s: how many answered, and the share of each answer") % {"question": one.title.rstrip("?")}
    tables = [] if grouped else [(caption, one.lines)]
    return {"name": one.name, "title": one.title, "part": one, "figure": drawn, "tables": tables or one.groups}


def _words(found: Counted, language: str) -> list[dict[str, object]]:
    form = surveys.form_of(found.survey)
    return [
        {"label": form.by_link_id[key].text.in_language(language), "texts": one.texts, "told": one.told.items(),
         "is_hidden": one.is_hidden}
        for key, one in found.words.items()
    ]  # fmt: skip


@require_safe
def file(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """The results as a file."""
    content = files.written(_read(request, key), form, door.language())
    response = HttpResponse(content, content_type=files.TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{key}.{form}"'
    return response


@require_safe
def picture(request: HttpRequest, key: str, name: str, form: str) -> HttpResponseBase:
    """One of the pictures as a file."""
    found = _read(request, key)
    drawn: charts.Likert | None = next((one.chart for one in parts(found, door.language()) if one.name == name), None)
    return answer(request, drawn, form, private=found.survey.state != State.PUBLISHED)


@require_safe
def years(request: HttpRequest, key: str) -> HttpResponse:
    """The same questions in every year; a line shows where a wording was changed."""
    found, language = _read(request, key), door.language()
    name = surveys.name_of(found.survey, language)
    told = through_years(found.survey)
    if not told:
        raise Http404
    context = {
        "survey": found.survey,
        "name": name,
        "questions": [_through(one, language) for one in told],
        "breadcrumbs": door.crumbs((name, reverse("surveys:results", args=[key])), (_("Through the years"), "")),
    }
    return _shown(request, "surveys/years.html", context)


def _through(one: Through, language: str) -> dict[str, object]:
    runs = [
        {
            "text": run.question.text.in_language(language),
            "heads": [level.text.in_language(language) for level in run.question.levels],
            "agreeing": agreeing_head(run.question, language),
            "lines": [_year(asked, language) for asked in run.asked],
        }
        for run in one.runs
    ]
    return {"heading": one.question.heading.in_language(language), "runs": runs}


def _year(asked: Asked, language: str) -> Line:
    return line(asked.question, asked.spread, str(asked.year), language)
