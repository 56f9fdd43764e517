"""The population: what is loaded, importing a table, and how the need of a case grows."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.commons.files.views import takes_files
from helsevev.commons.people import queries as people_queries
from helsevev.commons.people.rules import may
from helsevev.core import charts
from helsevev.core.faults import Faulty
from helsevev.core.population import Kind, Population
from helsevev.core.population.people import on_todays_borders
from helsevev.core.population.reading import read
from helsevev.core.words import Refused
from helsevev.toolbox.pricing.actions import population as actions
from helsevev.toolbox.pricing.forms.fields import decimal_sign, heard
from helsevev.toolbox.pricing.models import PopulationTable
from helsevev.toolbox.pricing.panels import figure
from helsevev.toolbox.pricing.queries import cases, needs, people
from helsevev.toolbox.pricing.queries.pictures import Drawn
from helsevev.toolbox.pricing.rules import PERMISSIONS
from helsevev.toolbox.pricing.views import desk
from helsevev.toolbox.pricing.views.cases import file, source

LARGEST = 60_000_000
PREVIEWED = 12


class TableForm(forms.Form):
    """A table of inhabitants as it was downloaded."""

    file = forms.FileField(
        label=gettext_lazy("Table"),
        help_text=gettext_lazy("JSON-stat2 or CSV as Statistics Norway's table 07459, 14288 or 14746 gives it."),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("Table number, date of download and licence; shown wherever the numbers are."),
        max_length=300,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What the figures are"),
        required=False,
        choices=[
            ("", gettext_lazy("As the table says itself")),
            ("observed", gettext_lazy("Counted")),
            ("projected", gettext_lazy("Projected")),
        ],
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year, where the file doesn't say"), required=False, min_value=1900, max_value=2200
    )
    series = forms.CharField(label=gettext_lazy("Series, where the file holds several"), required=False, max_length=60)


@takes_files(most=LARGEST)
@require_http_methods(["GET", "HEAD", "POST"])
def tables(request: HttpRequest) -> HttpResponse:
    """What is loaded; a new table is shown before it is taken in."""
    person = desk.person_on(request)
    may_import = may(person, "import_population", PERMISSIONS)
    if not may_import and not cases.may_list(person):
        raise Http404
    form = TableForm(request.POST or None, request.FILES or None)
    lines: list[str] = []
    preview: Population | None = None
    if request.method == "POST":
        if not may_import:
            raise Http404
        if form.is_valid():
            try:
                preview = _read(form)
                if request.POST.get("do") == "take":
                    counted = actions.of_core(preview)
                    actions.load(counted, desk.actor_on(request), form.cleaned_data["file"].name)
                    messages.success(request, _("The table is loaded. It counts from now on."))
                    return HttpResponseRedirect(reverse("pricing:population"))
            except Refused as refused:
                faults = refused.faults if isinstance(refused, Faulty) else []
                lines = desk.fault_lines(faults) or [desk.said(one) for one in refused.refusals]
                preview = None
    context = {
        "form": form,
        "lines": lines,
        "preview": _previewed(preview) if preview else None,
        "tables": _told(),
        "may_import": may_import,
        "breadcrumbs": [{"label": _("Service prices"), "url": reverse("pricing:list")}, {"label": _("Population")}],
        "robots": "noindex",
    }
    return render(request, "pricing/population.html", context, status=422 if lines or form.errors else 200)


def _read(form: TableForm) -> Population:
    """The table on today's borders."""
    given = form.cleaned_data
    kind = Kind(given["kind"]) if given["kind"] else None
    found = on_todays_borders(read(given["file"].read(), kind, given["year"], given["series"]))
    return Population(found.numbers, found.years, found.people, found.kinds, given["source"])


def _previewed(found: Population) -> dict[str, object]:
    """The first rows, and what the whole holds."""
    sums = found.people.sum(axis=2)
    rows = [[number, *(round(float(one)) for one in sums[at])] for at, number in enumerate(found.numbers[:PREVIEWED])]
    return {
        "count": len(found.numbers),
        "years": [(year, needs.kind_name(kind.value)) for year, kind in zip(found.years, found.kinds, strict=True)][
            :20
        ],
        "rows": [row[:21] for row in rows],
        "total": [round(float(one)) for one in sums.sum(axis=0)][:20],
    }


def _told() -> list[dict[str, object]]:
    """The loaded tables, the one that counts first."""
    rows = list(PopulationTable.objects.defer("people", "numbers"))
    names = people_queries.actor_names({row.actor for row in rows})
    return [
        {
            "table": row,
            "who": cases.actor_said(row.actor, names),
            "source": people.source_said(row.source),
            "years": _span(row.years),
        }
        for row in rows
    ]


def _span(years: list[int]) -> str:
    return f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a table away."""
    if not may(desk.person_on(request), "import_population", PERMISSIONS):
        raise Http404
    actions.drop(get_object_or_404(PopulationTable, pk=pk), desk.actor_on(request))
    messages.success(request, _("The table is taken away."))
    return HttpResponseRedirect(reverse("pricing:population"))


# --- Need ------------------------------------------------------------------------------------------------------------
class NeedForm(forms.Form):
    """How common the illness is at each age, and how many of the eligible take part."""

    bands = forms.CharField(
        label=gettext_lazy("How common it is, by age"),
        help_text=gettext_lazy(
            "One band on each line. These come from a study of heart failure in Iceland; write your own."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=5_000,
    )
    coverage = forms.CharField(
        label=gettext_lazy("Share of the eligible who take part"),
        help_text=gettext_lazy("Empty: as in the case."),
        required=False,
        max_length=20,
    )

    def clean_bands(self) -> dict[str, float]:
        """The bands with their shares."""
        found: dict[str, float] = {}
        for line in self.cleaned_data["bands"].splitlines():
            if line.strip():
                band, _colon, text = line.partition(":")
                value = heard(text)
                if value is None or not 0 <= value <= 1:
                    raise forms.ValidationError(_("'%(line)s' is no line such as 40-69: 1.7 %%") % {"line": line[:60]})
                found[band.strip()] = value
        return found

    def clean_coverage(self) -> float | None:
        """A share, or nothing."""
        text = self.cleaned_data["coverage"]
        value = heard(text) if text else None
        if text and (value is None or not 0 <= value <= 1):
            raise forms.ValidationError(_("Write a share from 0 to 1, or a percentage."))
        return value


@require_safe
def need(request: HttpRequest, key: str) -> HttpResponse:
    """The need to 2036, and what it asks of the centre."""
    subject = desk.found(request, key)
    given = request.GET if "bands" in request.GET else None
    form = NeedForm(given or {"bands": _bands()})
    context = desk.frame(subject, "need", _("Need")) | {"form": form}
    rows, lines = _foreseen(subject, form)
    if rows:
        address = reverse("pricing:need_picture", kwargs={"key": key, "form": "svg"}).removesuffix(".svg")
        query = {name: request.GET[name] for name in ("bands", "coverage") if name in request.GET}
        context |= {
            "rows": [(row, needs.kind_name(row.kind)) for row in rows],
            "figure": figure(_fan(subject, rows), address, query),
            "first_year": rows[0].year,
            "population_source": _population_source(),
            "is_trend": any(row.kind == "trend" for row in rows),
            "tried": _tried(subject),
        }
    return render(request, "pricing/need.html", context | {"lines": lines}, status=422 if lines or form.errors else 200)


def _tried(subject: cases.Subject) -> list[dict[str, object]]:
    """How trends have missed, by years ahead, with the municipality that was missed most."""
    known = people.everything()
    names = {one.number: one.name for one in subject.read.municipalities}
    found = needs.tried(subject.read, known) if known else ()
    return [
        {
            "ahead": one.years_ahead,
            "mean": 100 * one.mean_share,
            "bias": 100 * one.bias_share,
            "worst": 100 * one.worst_share,
            "where": names.get(one.worst_number, one.worst_number),
            "cases": one.cases,
        }
        for one in found
    ]


def _bands() -> str:
    """The bands to begin with, as the reader writes numbers."""
    return needs.BANDS.replace(".", decimal_sign())


def _foreseen(subject: cases.Subject, form: NeedForm) -> tuple[list[needs.Foreseen], list[str]]:
    """The years, or in words why there are none."""
    known = people.everything()
    if known is None:
        return [], [_("No population is loaded. The secretariat can load a table.")]
    if not form.is_valid():
        return [], []
    try:
        return needs.foreseen(subject.read, known, form.cleaned_data["bands"], form.cleaned_data["coverage"]), []
    except Faulty as faulty:
        return [], desk.fault_lines(faulty.faults)


def _population_source() -> str:
    """Where the inhabitants are counted, in words."""
    known = people.everything()
    return people.source_said(known.source) if known else ""


def _fan(subject: cases.Subject, rows: list[needs.Foreseen]) -> charts.Fan:
    drawn = Drawn(subject.read, subject.answer, get_language() or "nb", source(subject))
    return needs.fan(drawn, rows, _population_source())


@require_safe
def need_picture(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The fan as a file."""
    subject = desk.found(request, key)
    rows, _lines = _foreseen(subject, NeedForm(request.GET if "bands" in request.GET else {"bands": _bands()}))
    if not rows:
        raise Http404
    return file(_fan(subject, rows), form, request.GET)
