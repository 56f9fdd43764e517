"""Visits of a quarter or a month, for everyone: charts, tables and files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.commons.people.rules import may
from helsevev.core.charts.wording import number, share
from helsevev.core.opendata import FORMS, LICENCE, LICENCE_NAME
from helsevev.core.visits import Period, named
from helsevev.core.words import gettext_noop
from helsevev.network.portfolio.panels.figures import Place, figure
from helsevev.network.portfolio.views.pictures import answer
from helsevev.network.visits.panels.charts import Counted, drawn, note
from helsevev.network.visits.panels.files import written
from helsevev.network.visits.panels.naming import period_name, value_name
from helsevev.network.visits.queries import counts
from helsevev.network.visits.rules import PERMISSIONS

Row = dict[str, Any]
OPEN_KINDS, KEPT_KINDS = ("page", "language", "country"), ("host",)
STATS = (
    ("visits", gettext_noop("Visits")),
    ("visitors", gettext_noop("Unique visitors, day by day")),
    ("views", gettext_noop("Pages opened")),
)
MOST_LISTED = 50


def _language() -> str:
    return get_language() or "nb"


def _keeps(request: HttpRequest) -> bool:
    return may(request.person, "see_other_sites", PERMISSIONS)  # type: ignore[attr-defined] # a middleware sets it


def counted(request: HttpRequest) -> Counted:
    """What was counted in the period that is asked for, by default the quarter that goes on."""
    asked = request.GET.get("period", "")
    period = named(asked) if asked else counts.newest()
    if period is None:
        raise Http404
    kinds = (*OPEN_KINDS, *(KEPT_KINDS if _keeps(request) else ()))
    apart = {kind: counts.told_apart(period, kind) for kind in kinds}
    goes_on = period.first <= timezone.localdate() <= period.last
    now = counts.totals(period.first, period.last)
    return Counted(period, now, counts.year_before(period), counts.by_quarter(), goes_on, apart)


@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """The page: what was counted, how it has changed, and what isn't counted."""
    found, language = counted(request), _language()
    since = counts.since()
    context = {
        "period": found.period,
        "period_name": period_name(found.period),
        "since": since,
        "begins_inside": since and since > found.period.first,
        "goes_on": found.goes_on,
        "stats": [_stat(found, name, _(label), language) for name, label in STATS],
        "figures": [figure(one, _place(one.name, found.period), size="half") for one in drawn(found, language)],
        "quarters": _quarters(found, language),
        "months": [{"name": one.name, "label": period_name(one)} for one in _months(found.period)],
        "lists": _lists(found),
        "left_out": {name: number(found.totals[name], language) for name in ("robots", "declined")},
        "downloads": [{"label": form.upper(), "url": _file(form, found.period)} for form in FORMS],
        "licence": {"name": LICENCE_NAME, "url": LICENCE},
        "note": note(),
        "may_keep": _keeps(request),
        "breadcrumbs": [{"label": _("Visits to the site")}],
    }
    return render(request, "visits/visits.html", context)


def _stat(found: Counted, name: str, label: str, language: str) -> Row:
    now, before = (one and (one.visits if name == "visits" else one[name]) for one in (found.totals, found.before))
    told = ""
    if before:
        told = _("%(number)s the year before") % {"number": number(before, language)}
    return {"value": number(now or 0, language), "label": label, "note": told}


def _months(period: Period) -> list[Period]:
    """The months of the quarter that the period lies in, those that have begun."""
    months = [Period(period.year, period.quarter * 3 - 2 + at, 1) for at in range(3)]
    return [one for one in months if one.first <= timezone.localdate()]


def _quarters(found: Counted, language: str) -> list[Row]:
    """Every quarter with its numbers, beside the same one of the year before."""
    rows = []
    for period, totals in found.quarters.items():
        before = found.quarters.get(period.year_before) if period.last < timezone.localdate() else None
        more = totals.visits - before.visits if before and before.visits else None
        sign = "" if not more else ("+" if more > 0 else "\u2212")
        rows.append(
            {
                "name": period.name,
                "label": period_name(period),
                "current": period == found.period,
                "numbers": [number(one, language) for one in (totals.visits, totals["visitors"], totals["views"])],
                "change": "" if more is None or before is None else sign + share(abs(more), before.visits, language),
            }
        )
    return rows


def _lists(found: Counted) -> dict[str, list[tuple[str, str, int]]]:
    """What is told apart, with the address where a page lies."""
    listed = {}
    for kind, values in found.apart.items():
        rows = [(_address(kind, value), value_name(kind, value), many) for value, many in values.items()]
        listed[kind] = rows[:MOST_LISTED]
    return listed


def _address(kind: str, value: str) -> str:
    return f"/{_language()}{value}" if kind == "page" and value.startswith("/") else ""


def _place(name: str, period: Period) -> Place:
    address = reverse("visits:picture", kwargs={"name": name, "form": "svg"})
    return Place(address.removesuffix(".svg"), {"period": period.name})


def _file(form: str, period: Period) -> str:
    return f"{reverse('visits:file', args=[form])}?period={period.name}"


@require_safe
def picture(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """One of the charts as a file."""
    found = drawn(counted(request), _language())
    return answer(request, next((one for one in found if one.name == name), None), form)


@require_safe
def file(request: HttpRequest, form: str) -> HttpResponseBase:
    """All quarters and months, and what is told apart in the period."""
    found = counted(request)
    response = HttpResponse(written(form, found, counts.by_month()), content_type=FORMS[form][1])
    response["Content-Disposition"] = f'attachment; filename="helsevev-visits-{found.period.name}.{form}"'
    if _keeps(request):
        response["Cache-Control"] = "private, no-store"
    return response
