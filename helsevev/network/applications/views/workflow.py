"""The way of an application through a round: shown as a table, and changed as a new version."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from helsevev.commons.people.views.keeping_typed import keeps_typed
from helsevev.commons.ui.forms.saying import refuse
from helsevev.core.words import Refused
from helsevev.network.applications.actions import rounds as acting
from helsevev.network.applications.forms.workflow import WorkflowForm
from helsevev.network.applications.rules import workflow as rules
from helsevev.network.applications.views.door import only, unkept
from helsevev.network.applications.views.rounds import crumbs


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def workflow(request: HttpRequest) -> HttpResponse:
    """The newest version, and the form that makes the next."""
    person = only(request, "edit_workflow")
    version = acting.workflow_now()
    flow = rules.read(version.steps)
    form = WorkflowForm(request.POST if request.method == "POST" else None, flow=flow)
    if form.is_bound and form.is_valid():
        try:
            acting.change_workflow(form.wanted(), person.key)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Saved. Calls published from now on go by this version."))
            return HttpResponseRedirect(reverse("applications:workflow"))
    language = get_language() or "nb"
    context = {
        "version": version,
        "form": form,
        "groups": [(step.name(language), _(rules.KIND_NAMES[step.kind]), fields) for step, fields in form.groups()],
        "table": [
            (step.name(language), _(rules.KIND_NAMES[step.kind]), ", ".join(one.name(language) for one in following))
            for step, following in rules.table(flow)
        ],
        "breadcrumbs": crumbs((_("The way of an application"), "")),
        "robots": "noindex",
    }
    return unkept(render(request, "applications/workflow.html", context, status=422 if form.errors else 200))
