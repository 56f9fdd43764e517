"""Writing the experience, part by part; what is typed is kept while it is typed."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from helsevev.core.words import Refused
from helsevev.network.guidance.views.door import Inside, crumbs, page
from helsevev.network.piloting.actions import papers as acting
from helsevev.network.piloting.forms.working import ExperienceForm
from helsevev.network.piloting.models import Paper
from helsevev.network.piloting.queries import papers, telling
from helsevev.network.piloting.rules import PERMISSIONS
from helsevev.network.piloting.rules.signing import Why
from helsevev.network.piloting.views import door
from helsevev.network.piloting.views.typing import Kept, unjudged


@dataclass(frozen=True)
class Writing:
    """Someone who writes an experience (skriving): the form as it was sent, or as it was left."""

    request: HttpRequest
    inside: Inside
    paper: Paper
    kept: Kept
    form: ExperienceForm


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """The form. One button saves, one saves and lays it before the parties."""
    inside = door.room(request, key, "write")
    paper = papers.experience(inside.initiative)
    if paper is None:
        raise Http404
    kept = Kept.at(request, inside, "experience")
    if kept.is_thrown:
        return HttpResponseRedirect(request.path)
    data = request.POST if request.method == "POST" else kept.data
    form = ExperienceForm(data, initial={**paper.content, "seen": paper.revision})
    writing = Writing(request, inside, paper, kept, form)
    return _saved(writing) if request.method == "POST" else _opened(writing)


def _opened(writing: Writing) -> HttpResponse:
    """The form to write in, with what its writer typed and didn't save."""
    paper, form, kept = writing.paper, writing.form, writing.kept
    if kept.data is None:
        return _form(writing, [], paper.revision)
    met = kept.data.get("seen") != str(paper.revision)
    if form.is_valid() and form.content(paper.content) == paper.content:
        kept.done()
        met = False
    unjudged([form])
    return _form(writing, [_(Why.CHANGED)] if met else [], paper.revision, met=met)


def _saved(writing: Writing) -> HttpResponse:
    """Save, and lay it before the parties where that is asked."""
    request, inside, paper, form = writing.request, writing.inside, writing.paper, writing.form
    if not form.is_valid():
        return _form(writing, [], paper.revision, 422)
    try:
        saved = acting.save(paper, form.content(paper.content), form.cleaned_data["seen"], inside.by)
    except Refused as refused:
        paper.refresh_from_db()
        return _form(writing, door.told(refused), paper.revision, 409, met=True)
    writing.kept.done()
    if "offer" not in request.POST or not inside.may("offer", PERMISSIONS):
        messages.success(request, _("The draft is saved."))
        return HttpResponseRedirect(request.path)
    try:
        acting.offer(saved, saved.revision, inside.by)
    except Refused as refused:
        return _form(writing, door.told(refused), saved.revision, 422)
    messages.success(request, _("The experience is laid before the parties. Each is asked to consent."))
    return HttpResponseRedirect(reverse("piloting:experience", args=[inside.initiative.key]))


def _form(writing: Writing, faults: list[str], revision: int, status: int = 200, *, met: bool = False) -> HttpResponse:
    inside, paper = writing.inside, writing.paper
    heading = _("Tell the experience")
    context = {
        **writing.kept.context,
        "heading": heading,
        "form": writing.form,
        "faults": faults,
        "revision": revision,
        "standing": telling.parts(Paper.Kind.EXPERIENCE, paper.content) if met else [],
        "outcomes": [telling.outcome(row) for row in paper.content.get("outcomes", [])],
        "open_text": papers.waiting_text(paper),
        "may_offer": inside.may("offer", PERMISSIONS),
        "breadcrumbs": crumbs(
            inside, (_("Experience"), reverse("piloting:experience", args=[inside.initiative.key])), (heading, "")
        ),
    }
    return page(writing.request, "piloting/experience_edit", inside, context, status)
