"""What those who keep the report do: write its foreword, and publish it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from helsevev.commons.people.rules import may
from helsevev.commons.ui.forms.saying import all_said
from helsevev.core.words import Refused
from helsevev.network.annual_report import actions, queries
from helsevev.network.annual_report.forms import ForewordForm, PublishForm
from helsevev.network.annual_report.rules import LANGUAGES, PERMISSIONS
from helsevev.network.annual_report.views.showing import crumbs, found, language_of


def _only(request: HttpRequest, action: str) -> str:
    person = request.person  # type: ignore[attr-defined] # a middleware sets it
    if not may(person, action, PERMISSIONS):
        raise Http404
    return str(person.key)


@require_http_methods(["GET", "HEAD", "POST"])
def foreword(request: HttpRequest, year: int) -> HttpResponse:
    """The foreword in one language at a time; a text that somebody else changed meanwhile is shown beside."""
    actor = _only(request, "write_foreword")
    found(request, year)
    language = request.GET.get("language", language_of(request))
    if language not in LANGUAGES:
        raise Http404
    row = queries.foreword_row(year, language)
    begun = {"text": row.text if row else "", "seen": row.version if row else 0}
    typed = request.POST.copy() if request.method == "POST" else None
    form = ForewordForm(typed, initial=begun)
    theirs = ""
    if typed is not None and form.is_valid():
        try:
            actions.write_foreword(
                year, language, form.cleaned_data["text"], seen=form.cleaned_data["seen"], actor=actor
            )
        except Refused as refused:
            form.add_error("text", " ".join(all_said(refused)))
            typed["seen"] = str(begun["seen"])
            theirs = str(begun["text"])
        else:
            messages.success(request, _("The foreword is saved."))
            return HttpResponseRedirect(reverse("annual_report:report", args=[year]))
    context = {
        "form": form,
        "year": year,
        "writing": language,
        "written_in": LANGUAGES,
        "theirs": theirs,
        "breadcrumbs": crumbs(year, _("Foreword")),
    }
    return render(request, "annual_report/foreword.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, year: int) -> HttpResponse:
    """Asks before it freezes the report."""
    actor = _only(request, "publish")
    made = found(request, year)
    form = PublishForm(request.POST or None, year=year, initial={"cutoff": queries.last_day(year)})
    if request.method == "POST" and form.is_valid():
        try:
            edition = actions.publish(year, form.cleaned_data["cutoff"], actor)
        except Refused as refused:
            form.add_error(None, " ".join(all_said(refused)))
        else:
            messages.success(request, _("Edition %(number)s is published.") % {"number": edition.number})
            return HttpResponseRedirect(reverse("annual_report:report", args=[year]))
    differing = [one for one in made.document["figures"] if one["difference"]]
    context = {
        "form": form,
        "year": year,
        "differing": differing,
        "edition": made.edition,
        "breadcrumbs": crumbs(year, _("Publish")),
    }
    return render(request, "annual_report/publish.html", context, status=422 if form.errors else 200)
