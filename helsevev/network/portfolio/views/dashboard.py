"""The dashboard: the portfolio in numbers, for everyone."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.core.dates import EARLIEST_YEAR, LATEST_YEAR
from helsevev.network.portfolio.panels.figures import Place, figure
from helsevev.network.portfolio.queries.choices import Choices
from helsevev.network.portfolio.queries.dashboard import Overview, Panel
from helsevev.network.portfolio.queries.naming import Naming
from helsevev.network.portfolio.views.pictures import answer


class DayForm(forms.Form):
    """The day that phases are counted on; empty means today."""

    on = forms.DateField(
        label=gettext_lazy("Day"),
        help_text=gettext_lazy("Projects per phase as they stood on this day"),
        required=False,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(date(EARLIEST_YEAR, 1, 1)), MaxValueValidator(date(LATEST_YEAR, 12, 31))],
        error_messages={"invalid": gettext_lazy("Write a day such as 2024-10-28")},
    )

    @property
    def day(self) -> date | None:
        """The day asked for; None for today, and where what was written is no day."""
        return self.cleaned_data.get("on") if self.is_valid() else None


def _overview(day: date | None) -> Overview:
    """The counts for this reader; today is what is counted anyway."""
    today = timezone.localdate()
    return Overview(Naming(get_language() or "nb"), today, day if day != today else None)


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """All charts, each with its message, table and files."""
    form = DayForm(request.GET if "on" in request.GET else None)
    overview = _overview(form.day)
    listing = reverse("portfolio:list")
    context = {
        "overview": overview,
        "form": form,
        "list_url": listing,
        "apart": {name: overview.listed(name) for name in ("mentioned", "example")},
        "apart_urls": {name: listing + Choices(listing=name).query for name in ("mentioned", "example")},
        "sections": [_section(panel, overview, listing) for panel in overview.panels()] if overview.total else [],
        "breadcrumbs": [{"label": _("Projects"), "url": listing}, {"label": _("Dashboard")}],
        "robots": "noindex, follow" if request.GET else "",
    }
    return render(
        request, "portfolio/dashboard.html", context, status=200 if form.is_valid() or not form.is_bound else 422
    )


def _section(panel: Panel, overview: Overview, listing: str) -> dict[str, object]:
    """A subject as the page shows it; without anything to draw its message stands alone."""
    urls = [listing + query if query else "" for query in panel.queries]
    place = _place(panel.name, overview)
    return {
        "name": panel.name,
        "message": panel.message,
        "note": panel.note,
        "slip": panel.slip,
        "figure": figure(panel.chart, place, urls, panel.note, "half") if panel.chart else None,
    }


def _place(name: str, overview: Overview) -> Place:
    """Where a subject's files lie; a day asked for goes along where it matters."""
    address = reverse("portfolio:dashboard_picture", kwargs={"name": name, "form": "svg"}).removesuffix(".svg")
    return Place(address, {"on": overview.on.isoformat()} if overview.on and name == "phases" else {})


@require_safe
def dashboard_picture(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """One chart as a file."""
    asked = DayForm(request.GET if "on" in request.GET else None)
    overview = _overview(asked.day)
    if (asked.is_bound and not asked.is_valid()) or not overview.total:
        raise Http404
    panel = overview.panel(name)
    return answer(request, panel.chart if panel else None, form)
