"""Counting weeks: numbers only, each word kept, and corrections as new rows with their reason."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from helsevev.commons.people import queries as people
from helsevev.core.words import Refused
from helsevev.network.guidance.views.door import page
from helsevev.network.piloting.actions import pilots as acting
from helsevev.network.piloting.forms.working import CountForm, week_to_count
from helsevev.network.piloting.queries import pictures, pilots
from helsevev.network.piloting.queries.pilots import Story
from helsevev.network.piloting.views import door


@require_http_methods(["GET", "HEAD", "POST"])
def weeks(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """What was counted, week by week, and the form for the next."""
    here = door.pilot(request, key, number)
    story = here.story
    may_count = here.may("count") and story.now is not None and story.result is None
    form = _form(request, story) if may_count else None
    faults: list[str] = []
    if request.method == "POST":
        if not here.may("count"):
            raise Http404
        if form is None:
            return HttpResponseRedirect(request.path)
        if form.is_valid():
            sent = acting.Counted(form.week(), form.cleaned_data["why"], form.cleaned_data["token"])
            try:
                acting.count(story.pilot, sent, here.inside.by)
            except Refused as refused:
                faults = door.told(refused)
            else:
                messages.success(request, _("The week is counted."))
                return HttpResponseRedirect(request.path)
    heading = _("Weeks")
    context = {
        "heading": heading,
        "here": here,
        "form": form,
        "faults": faults,
        "weeks": _rows(story),
        "not_signed": story.now is None,
        "files": [
            {"label": name.upper(), "url": reverse("piloting:weeks_file", args=[*here.args, name])}
            for name in ("csv", "xlsx")
        ],
        "breadcrumbs": here.crumbs((heading, "")),
    }
    status = 422 if faults or (form and form.errors) else 200
    return page(request, "piloting/weeks", here.inside, context, status)


def _form(request: HttpRequest, story: Story) -> CountForm:
    assert story.now is not None  # or nobody may count
    plan = story.plan
    last = story.pace.weeks[-1].until if story.pace and story.pace.weeks else None
    until = week_to_count(last, plan.first, plan.last, story.today) if plan else None
    data = request.POST if request.method == "POST" else None
    return CountForm(data, reasons=pilots.reasons(story.now.content), initial={"until": until})


def _rows(story: Story) -> list[dict[str, object]]:
    """Newest week first, each with what it said before."""
    names = story.reason_names
    actors = people.actor_names({row.actor for row in story.rows})
    by_week: dict[date, list[dict[str, object]]] = {}
    for row in story.rows:
        excluded = [f"{_(names.get(name, name))}: {count}" for name, count in row.excluded.items() if count]
        said = {"row": row, "excluded": excluded, "who": actors.get(row.actor, row.actor)}
        by_week.setdefault(row.monday, []).insert(0, said)
    found: list[dict[str, object]] = []
    for monday in sorted(by_week, reverse=True):
        now, *before = by_week[monday]
        found.append({"name": pictures.week_name(monday), "now": now, "before": before})
    return found
