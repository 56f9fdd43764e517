"""Writing the protocol, with the calculator beside; what is typed is kept while it is typed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from helsevev.core.words import Refused
from helsevev.network.guidance.queries import rooms
from helsevev.network.guidance.views.door import page
from helsevev.network.piloting.actions import papers as acting
from helsevev.network.piloting.forms.protocol import ProtocolForm
from helsevev.network.piloting.models import Paper
from helsevev.network.piloting.queries import calculating, telling, words
from helsevev.network.piloting.rules.signing import Why
from helsevev.network.piloting.views import door
from helsevev.network.piloting.views.door import Here
from helsevev.network.piloting.views.typing import Kept, unjudged


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The protocol's form. One button saves, one reckons, one saves and lays it before the parties."""
    here = door.pilot(request, key, number, "write")
    kept = Kept.at(request, here.inside, f"pilot-{number}-protocol")
    if kept.is_thrown:
        return HttpResponseRedirect(request.path)
    writing = Writing(request, here, kept, _typed(here, request.POST if request.method == "POST" else kept.data))
    if request.method != "POST":
        return _opened(writing)
    if "calculate" in request.POST:
        return _form(writing, [], door.seen(request.POST))
    return _saved(writing)


@dataclass(frozen=True)
class Writing:
    """Someone who writes a protocol (skriving): the form as it was sent, or as it was left."""

    request: HttpRequest
    here: Here
    kept: Kept
    form: ProtocolForm

    @property
    def paper(self) -> Paper:
        """What is written."""
        found: Paper = self.here.story.paper
        return found


def _typed(here: Here, data: QueryDict | None) -> ProtocolForm:
    initiative = here.inside.initiative
    return ProtocolForm(
        data,
        here.story.paper.content,
        terms=words.current(initiative),
        parties=[(one.key, one.name) for one in rooms.parties(initiative)],
        people=_people(here),
        amends=bool(here.story.agreed),
    )


def _opened(writing: Writing) -> HttpResponse:
    """The form to write in, with what its writer typed and didn't save; what others saved since is shown beside it."""
    kept, form, paper = writing.kept, writing.form, writing.paper
    if kept.data is None:
        return _form(writing, [], paper.revision)
    if form.is_valid() and form.content() == paper.content:
        kept.done()
        return _form(replace(writing, kept=replace(kept, saved_at=None)), [], paper.revision)
    unjudged(form.forms)
    met = door.seen(kept.data) != paper.revision
    return _form(writing, [_(Why.CHANGED)] if met else [], paper.revision, met=met)


def _saved(writing: Writing) -> HttpResponse:
    """Save, and lay it before the parties where that is asked."""
    request, here, form, paper = writing.request, writing.here, writing.form, writing.paper
    seen = door.seen(request.POST)
    if not form.is_valid():
        return _form(writing, faults_of(form), seen, 422)
    try:
        saved = acting.save(paper, form.content(), seen, here.inside.by)
    except Refused as refused:
        paper.refresh_from_db()
        return _form(writing, door.told(refused), paper.revision, 409, met=True)
    writing.kept.done()
    if "offer" not in request.POST or not here.may("offer"):
        messages.success(request, _("The draft is saved."))
        return HttpResponseRedirect(request.path)
    try:
        acting.offer(saved, saved.revision, here.inside.by)
    except Refused as refused:
        return _form(writing, door.told(refused), saved.revision, 422)
    messages.success(request, _("The protocol is laid before the parties. Each is asked to sign."))
    return HttpResponseRedirect(reverse("piloting:protocol", args=here.args))


def _people(here: Here) -> list[tuple[str, str]]:
    """Those who may be named as deciders: everyone who takes part, once."""
    return [
        (str(one.user.key), one.user.name or one.user.email) for one in _once(rooms.people_of(here.inside.initiative))
    ]


def _once(taking: Sequence[rooms.Taking]) -> list[rooms.Taking]:
    return list({one.user.pk: one for one in reversed(taking)}.values())[::-1]


def faults_of(form: ProtocolForm) -> list[str]:
    """What can't be read, in words; each stands beside its field too."""
    return [_("Some of what is typed can't be read. It is marked below.")] if form.forms else []


def _form(writing: Writing, faults: list[str], revision: int, status: int = 200, *, met: bool = False) -> HttpResponse:
    here, form, paper = writing.here, writing.form, writing.paper
    planned, least, expected = form.numbers()
    heading = _("Write the pilot protocol")
    context = {
        **writing.kept.context,
        "heading": heading,
        "here": here,
        "form": form,
        "faults": faults,
        "revision": revision,
        "standing": telling.parts(Paper.Kind.PROTOCOL, paper.content) if met else [],
        "calculator": calculating.table([one for one in (least, planned) if one], expected),
        "open_text": here.story.open_text,
        "amends": bool(here.story.agreed),
        "may_offer": here.may("offer"),
        "no_words": not form.terms,
        "words_url": reverse("workspace:words", args=[here.inside.initiative.key]),
        "breadcrumbs": here.crumbs((_("Pilot protocol"), reverse("piloting:protocol", args=here.args)), (heading, "")),
    }
    return page(writing.request, "piloting/edit", here.inside, context, status)
