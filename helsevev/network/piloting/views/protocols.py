"""The protocol: reading it, writing it with the calculator beside, laying it before the parties, and signing."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.core import differences
from helsevev.core.words import Refused
from helsevev.network.guidance.queries import rooms
from helsevev.network.guidance.views.door import page, tell
from helsevev.network.piloting.actions import papers as acting
from helsevev.network.piloting.forms.protocol import ProtocolForm
from helsevev.network.piloting.models import Paper
from helsevev.network.piloting.queries import calculating, telling, words
from helsevev.network.piloting.queries.papers import Laid
from helsevev.network.piloting.views import door
from helsevev.network.piloting.views.door import Here
from helsevev.network.workspace.queries import words as agreed_words


@require_safe
def protocol(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The text that waits for signatures, else the one that counts, else the draft."""
    here = door.pilot(request, key, number)
    return _read(request, here, here.story.open_text or here.story.now)


@require_safe
def version(request: HttpRequest, key: str, number: int, version: int) -> HttpResponse:
    """One text that was laid forward, as it was."""
    here = door.pilot(request, key, number)
    return _read(request, here, door.laid(here.story.paper, version))


def _read(request: HttpRequest, here: Here, shown: Laid | None) -> HttpResponse:
    paper = here.story.paper
    content = shown.content if shown else acting.whole(paper)
    before = _before(here, shown)
    heading = _("Pilot protocol")
    context = {
        "heading": heading,
        "here": here,
        "paper": paper,
        "shown": shown,
        "parts": telling.parts(paper.kind, content),
        "changes": changes(before, content, paper.kind) if before else [],
        "before": before,
        "mine": door.mine(here.inside, shown) if shown else [],
        "history": here.story.history,
        "now": here.story.now,
        "draft_differs": shown is not None and acting.whole(paper) != shown.content,
        "may_write": here.may("write"),
        "sign_url": reverse("piloting:sign", args=[*here.args, shown.row.number]) if shown else "",
        "pdf_url": reverse("piloting:pdf", args=[*here.args, shown.row.number]) if shown else "",
        "words": agreed_words.glossary(here.inside.initiative),
        "breadcrumbs": here.crumbs((heading, "")),
    }
    return page(request, "piloting/protocol", here.inside, context)


def _before(here: Here, shown: Laid | None) -> Laid | None:
    """The text that a shown one takes over from: the last agreed before it, else the last laid forward."""
    earlier = [one for one in here.story.history if shown is None or one.row.number < shown.row.number]
    return next((one for one in earlier if one.is_agreed), earlier[0] if earlier else None)


def changes(before: Laid, content: dict[str, object], kind: str) -> Sequence[differences.Line]:
    """What differs between two texts, line by line."""
    return differences.lines(telling.lines(kind, before.content), telling.lines(kind, content))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The protocol's form. One button saves, one reckons, one saves and lays it before the parties."""
    here = door.pilot(request, key, number, "write")
    paper = here.story.paper
    data = request.POST if request.method == "POST" else None
    form = ProtocolForm(
        data,
        paper.content,
        terms=words.current(here.inside.initiative),
        parties=[(one.key, one.name) for one in rooms.parties(here.inside.initiative)],
        people=_people(here),
        amends=bool(here.story.agreed),
    )
    if data is None or "calculate" in data:
        return _form(request, here, form, [], door.seen(request) if data else paper.revision)
    if not form.is_valid():
        return _form(request, here, form, faults_of(form), door.seen(request), 422)
    try:
        saved = acting.save(paper, form.content(), door.seen(request), here.inside.by)
    except Refused as refused:
        paper.refresh_from_db()
        return _form(request, here, form, door.told(refused), paper.revision, 409)
    if "offer" not in data or not here.may("offer"):
        messages.success(request, _("The draft is saved."))
        return HttpResponseRedirect(request.path)
    try:
        acting.offer(saved, saved.revision, here.inside.by)
    except Refused as refused:
        return _form(request, here, form, door.told(refused), saved.revision, 422)
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


def _form(
    request: HttpRequest, here: Here, form: ProtocolForm, faults: list[str], revision: int, status: int = 200
) -> HttpResponse:
    planned, least, expected = form.numbers()
    heading = _("Write the pilot protocol")
    paper = here.story.paper
    context = {
        "heading": heading,
        "here": here,
        "form": form,
        "faults": faults,
        "revision": revision,
        "standing": telling.parts(Paper.Kind.PROTOCOL, paper.content) if status == 409 else [],
        "calculator": calculating.table([one for one in (least, planned) if one], expected),
        "open_text": here.story.open_text,
        "amends": bool(here.story.agreed),
        "may_offer": here.may("offer"),
        "no_words": not form.terms,
        "words_url": reverse("workspace:words", args=[here.inside.initiative.key]),
        "breadcrumbs": here.crumbs((_("Pilot protocol"), reverse("piloting:protocol", args=here.args)), (heading, "")),
    }
    return page(request, "piloting/edit", here.inside, context, status)


@require_POST
def sign(request: HttpRequest, key: str, number: int, version: int) -> HttpResponse:
    """Sign for a party exactly the text that the page showed."""
    here = door.pilot(request, key, number)
    found = door.laid(here.story.paper, version)
    organisation = door.signing_for(here.inside, request)
    try:
        acting.sign(found.row, organisation, here.inside.user, request.POST.get("digest", ""), here.inside.signs_for)
    except Refused as refused:
        tell(request, refused)
    else:
        messages.success(request, _("Signed for %(name)s.") % {"name": organisation.name})
    return HttpResponseRedirect(reverse("piloting:protocol", args=here.args))
