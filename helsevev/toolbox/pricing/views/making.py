"""A new case, and scenarios: what if this or that were otherwise."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from helsevev.commons.people.rules import may
from helsevev.core import pricing
from helsevev.core.faults import Faulty
from helsevev.core.words import Refused
from helsevev.toolbox.pricing.actions import cases as actions
from helsevev.toolbox.pricing.forms import sliding
from helsevev.toolbox.pricing.forms.partners import NewCase
from helsevev.toolbox.pricing.models import Scenario
from helsevev.toolbox.pricing.queries import cases, compared
from helsevev.toolbox.pricing.rules import PERMISSIONS
from helsevev.toolbox.pricing.views import desk


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """A new case, with illustrative inputs to begin with."""
    person = desk.person_on(request)
    owners = cases.owners(person)
    if not owners:
        raise Http404
    form = NewCase(request.POST or None, owners=owners)
    if request.method == "POST" and form.is_valid():
        owner = form.owners[form.cleaned_data["owner"]]
        if not may(person, "create", PERMISSIONS, frozenset({owner.key})):
            raise Http404
        try:
            case = actions.create(owner, form.content(), desk.actor_on(request))
        except Faulty as faulty:
            for line in desk.fault_lines(faulty.faults):
                form.add_error(None, line)
        else:
            messages.success(
                request, _("The case is made. Every number in it is illustrative until you write your own.")
            )
            return HttpResponseRedirect(reverse("pricing:edit", args=[case.key]))
    context = {
        "form": form,
        "breadcrumbs": [
            {"label": _("Service prices"), "url": reverse("pricing:list")},
            {"label": _("New case")},
        ],
        "robots": "noindex",
    }
    return render(request, "pricing/new.html", context, status=422 if form.errors else 200)


class ScenarioForm(forms.Form):
    """What a scenario is called."""

    name = forms.CharField(label=gettext_lazy("Name of the scenario"), max_length=80)


@require_http_methods(["GET", "HEAD", "POST"])
def scenarios(request: HttpRequest, key: str) -> HttpResponse:
    """The case and its scenarios side by side; a new one comes with the sliders' address."""
    subject = desk.found(request, key)
    asked = sliding.asked(subject.content, desk.one_each(request.GET))
    form = ScenarioForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if not subject.may("edit"):
            raise Http404
        try:
            if form.is_valid():
                pricing.price(pricing.read(asked.content))
                actions.add_scenario(subject.case, form.cleaned_data["name"], asked.changes, desk.actor_on(request))
                return HttpResponseRedirect(reverse("pricing:scenarios", args=[key]))
        except Faulty as faulty:
            form.add_error(None, desk.fault_lines(faulty.faults)[0])
        except Refused as refused:
            form.add_error(None, desk.said(refused.refusals[0]))
        status = 422
    columns = compared.columns(subject, sliding.with_changes)
    context = desk.frame(subject, "scenarios", _("Scenarios")) | {
        "form": form,
        "asked": asked,
        "columns": columns,
        "rows": compared.rows(columns, get_language() or "nb"),
    }
    return render(request, "pricing/scenarios.html", context, status=status)


@require_POST
def drop(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take a scenario away."""
    subject = desk.found(request, key, "edit")
    actions.drop_scenario(get_object_or_404(Scenario, pk=pk, case=subject.case), desk.actor_on(request))
    messages.success(request, _("The scenario is taken away."))
    return HttpResponseRedirect(reverse("pricing:scenarios", args=[key]))
