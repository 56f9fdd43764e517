"""To and from the shelf: the case's result is put there, series are taken, and staff put series there by hand."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.rules import may
from helsevev.commons.shelf import queries as shelf
from helsevev.core.faults import Faulty
from helsevev.core.tables import read as read_table
from helsevev.core.words import Refused
from helsevev.toolbox.pricing.actions import cases as case_actions
from helsevev.toolbox.pricing.actions import shelving as actions
from helsevev.toolbox.pricing.queries.agreements import on_shelf
from helsevev.toolbox.pricing.rules import PERMISSIONS
from helsevev.toolbox.pricing.rules.numbers import number
from helsevev.toolbox.pricing.rules.showing import MINUTES, VOLUMES
from helsevev.toolbox.pricing.views import desk

TYPES = {kind.type: kind for kind in (VOLUMES, MINUTES)}
NUMBERS = ("patients", "enrolments", "discharges", "minutes", "low", "high")
COLUMNS = {
    VOLUMES.type: ("number", "month", "group", "patients", "enrolments", "discharges"),
    MINUTES.type: ("step", "minutes", "low", "high"),
}
# What each fact must say.
NEEDED = {VOLUMES.type: ("number", "month"), MINUTES.type: ("step", "minutes")}
# The columns as the help says them in bokmål and nynorsk.
NORWEGIAN = {
    "nummer": "number",
    "måned": "month",
    "månad": "month",
    "gruppe": "group",
    "pasienter": "patients",
    "pasientar": "patients",
    "innskrivinger": "enrolments",
    "innskrivingar": "enrolments",
    "utskrivinger": "discharges",
    "utskrivingar": "discharges",
    "steg": "step",
    "minutter": "minutes",
    "minutt": "minutes",
    "lav": "low",
    "låg": "low",
    "høy": "high",
    "høg": "high",
}


class LinkForm(forms.Form):
    """Which project a case belongs to."""

    initiative = forms.CharField(label=gettext_lazy("Project, by its key or title"), required=False, max_length=300)

    def clean_initiative(self) -> Initiative | None:
        """The project meant."""
        text = self.cleaned_data["initiative"].strip()
        if not text:
            return None
        found = Initiative.objects.filter(key=text).first() or Initiative.objects.filter(title__iexact=text).first()
        if found is None:
            raise forms.ValidationError(_("No project has this key or title."))
        return found


@require_http_methods(["GET", "HEAD", "POST"])
def shelving(request: HttpRequest, key: str) -> HttpResponse:
    """The case's project, what it puts on the shelf, and what it may take from there."""
    subject = desk.found(request, key, "edit")
    case = subject.case
    form = LinkForm(request.POST or None, initial={"initiative": case.initiative.key if case.initiative else ""})
    lines: list[str] = []
    if request.method == "POST" and request.POST.get("do") == "put":
        if not subject.may("put_on_shelf"):
            raise Http404
        try:
            actions.put_result(case, reverse("pricing:case", args=[key]), desk.actor_on(request))
        except Refused as refused:
            lines = [desk.said(one) for one in refused.refusals]
        else:
            messages.success(request, _("The result lies on the shelf."))
            return HttpResponseRedirect(reverse("pricing:shelving", args=[key]))
    elif request.method == "POST" and form.is_valid():
        case_actions.link(case, form.cleaned_data["initiative"], desk.actor_on(request))
        messages.success(request, _("The case's project is kept."))
        return HttpResponseRedirect(reverse("pricing:shelving", args=[key]))
    context = desk.frame(subject, "shelving", _("The shelf")) | {
        "form": form,
        "lines": lines,
        "may_put": subject.may("put_on_shelf"),
        "lying": on_shelf(case),
        "series": list(shelf.current(VOLUMES.type)[:50]),
        "minutes": list(shelf.current(MINUTES.type)[:50]),
    }
    return render(request, "pricing/shelving.html", context, status=422 if lines or form.errors else 200)


@require_POST
def take(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take an item from the shelf."""
    subject = desk.found(request, key, "edit")
    item = get_object_or_404(shelf.current(), pk=pk, type__in=TYPES)
    actor = desk.actor_on(request)
    try:
        if item.type == VOLUMES.type:
            url = reverse("pricing:actuals", args=[key])
            count = actions.take_volumes(subject.case, subject.read, item, url, actor)
            messages.success(request, _("Kept: %(count)s rows are new or corrected.") % {"count": count})
        else:
            url = reverse("pricing:case", args=[key])
            actions.take_minutes(subject.case, item, url, actor)
            messages.success(request, _("Taken in as a new version."))
    except Refused as refused:
        faults = refused.faults if isinstance(refused, Faulty) else []
        lines = desk.fault_lines(faults) or [desk.said(one) for one in refused.refusals]
        messages.error(request, " ".join(lines[:5]))
    return HttpResponseRedirect(reverse("pricing:shelving", args=[key]))


class SeriesForm(forms.Form):
    """A series put on the shelf by hand."""

    type = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[(VOLUMES.type, gettext_lazy("Volume series")), (MINUTES.type, gettext_lazy("Minutes per step"))],
    )
    initiative = forms.CharField(label=gettext_lazy("Project, by its key or title"), max_length=300)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    as_of = forms.DateField(
        label=gettext_lazy("As of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300)
    rows = forms.CharField(
        label=gettext_lazy("Rows"),
        help_text=gettext_lazy(
            "A first row with names, then a row for each fact, with commas or semicolons between. Volumes: number, "
            "month, group, patients, enrolments, discharges. Minutes: step (such as activities.call_minutes), minutes, "
            "low, high."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=500_000,
    )

    clean_initiative = LinkForm.clean_initiative

    def _heads(self, first: Sequence[object]) -> list[str]:
        """The columns, in English or Norwegian; those that nobody would read are refused."""
        kind = self.cleaned_data.get("type", VOLUMES.type)
        found = [str(cell or "").strip().casefold() for cell in first]
        heads = [NORWEGIAN.get(name, name) for name in found]
        strange = [name for name, head in zip(found, heads, strict=True) if head not in COLUMNS[kind]]
        if strange or not set(NEEDED[kind]) <= set(heads):
            values = {"names": ", ".join(COLUMNS[kind]), "found": ", ".join(found)}
            raise forms.ValidationError(
                _("The first row must name its columns: %(names)s. It says: %(found)s.") % values
            )
        return heads

    def clean_rows(self) -> list[dict[str, Any]]:
        """The facts; a number that is none is refused with its row."""
        try:
            table = read_table(self.cleaned_data["rows"].encode())
        except Refused as refused:
            raise forms.ValidationError([desk.said(one) for one in refused.refusals]) from None
        heads = self._heads(table.rows[0] if table.rows else ())
        facts, wrong = [], []
        for at, row in zip(table.numbers[1:], table.rows[1:], strict=True):
            fact: dict[str, Any] = {}
            for head, cell in zip(heads, row, strict=False):
                if cell in (None, ""):
                    continue
                value = number(str(cell)) if head in NUMBERS else str(cell).strip()
                if value is None:
                    wrong.append(_("Row %(row)s: '%(value)s' is no number.") % {"row": at, "value": str(cell)[:40]})
                fact[head] = value
            wrong += [
                _("Row %(row)s: %(column)s is missing.") % {"row": at, "column": name}
                for name in NEEDED[self.cleaned_data.get("type", VOLUMES.type)]
                if name not in fact
            ]
            facts.append(fact)
        if wrong or not facts:
            raise forms.ValidationError(wrong or [_("Write at least one row beneath the names.")])
        return facts


@require_http_methods(["GET", "HEAD", "POST"])
def series(request: HttpRequest) -> HttpResponse:
    """Staff put a series on the shelf by hand, until the room that will has been built."""
    if not may(desk.person_on(request), "put_series", PERMISSIONS):
        raise Http404
    form = SeriesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        body = {"as_of": given["as_of"].isoformat(), "source": given["source"], "rows": given["rows"]}
        try:
            item = actions.put_series(
                TYPES[given["type"]], given["initiative"], given["title"], body, desk.actor_on(request)
            )
        except Refused as refused:
            for one in refused.refusals:
                form.add_error(None, desk.said(one))
        else:
            messages.success(request, _("The series lies on the shelf."))
            return HttpResponseRedirect(reverse("shelf:item", args=[item.type, item.key]))
    context = {
        "form": form,
        "breadcrumbs": [
            {"label": _("Service prices"), "url": reverse("pricing:list")},
            {"label": _("Put a series on the shelf")},
        ],
        "robots": "noindex",
    }
    return render(request, "pricing/series.html", context, status=422 if form.errors else 200)
