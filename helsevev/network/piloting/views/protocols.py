"""The protocol: reading it, as it stands and as it was, and signing."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helsevev.commons.ui.forms.saying import tell
from helsevev.core import differences
from helsevev.core.words import Refused
from helsevev.network.guidance.views.door import page
from helsevev.network.piloting.actions import papers as acting
from helsevev.network.piloting.queries import telling
from helsevev.network.piloting.queries.papers import Laid
from helsevev.network.piloting.views import door
from helsevev.network.piloting.views.door import Here


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
