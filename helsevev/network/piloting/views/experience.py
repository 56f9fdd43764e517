"""The experience: begun from what is known, written, consented to by each party, and taken back where one wants."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.shelf import queries as shelf
from helsevev.commons.ui.forms.saying import tell
from helsevev.core.words import Refused
from helsevev.network.guidance.views.door import Inside, crumbs, page
from helsevev.network.piloting.actions import experience as beginning
from helsevev.network.piloting.actions import papers as acting
from helsevev.network.piloting.forms.working import WhyForm
from helsevev.network.piloting.models import Paper
from helsevev.network.piloting.queries import papers, telling
from helsevev.network.piloting.queries.papers import Laid
from helsevev.network.piloting.rules import PERMISSIONS
from helsevev.network.piloting.views import door
from helsevev.network.piloting.views.protocols import changes


@require_http_methods(["GET", "HEAD", "POST"])
def experience(request: HttpRequest, key: str) -> HttpResponse:
    """The experience as it stands, and the way to begin."""
    inside = door.room(request, key)
    paper = papers.experience(inside.initiative)
    if request.method == "POST":
        if not inside.may("write", PERMISSIONS):
            raise Http404
        beginning.begin(inside.initiative, inside.by)
        return HttpResponseRedirect(reverse("piloting:experience_edit", args=[key]))
    if paper is None:
        context = {
            "heading": _("Experience"),
            "may_write": inside.may("write", PERMISSIONS),
            "is_closed": inside.initiative.status == Initiative.Status.CLOSED,
            "breadcrumbs": crumbs(inside, (_("Experience"), "")),
        }
        return page(request, "piloting/experience_begin", inside, context)
    return _read(request, inside, paper, papers.newest(paper))


@require_safe
def version(request: HttpRequest, key: str, version: int) -> HttpResponse:
    """One text that was laid forward, as it was."""
    inside = door.room(request, key)
    paper = papers.experience(inside.initiative)
    found = door.laid(paper, version)
    return _read(request, inside, found.row.paper, found)


def _read(request: HttpRequest, inside: Inside, paper: Paper, shown: Laid | None) -> HttpResponse:
    content = shown.content if shown else acting.whole(paper)
    history = papers.history(paper)
    before = next((one for one in history if shown and one.row.number < shown.row.number), None)
    key = inside.initiative.key
    withdrawable = (
        [one for one in shown.parties if one.key in inside.signs_for and one.key in shown.signatures] if shown else []
    )
    context = {
        "heading": _("Experience"),
        "paper": paper,
        "shown": shown,
        "parts": telling.parts(paper.kind, content),
        "before": before,
        "changes": changes(before, content, paper.kind) if before else [],
        "mine": door.mine(inside, shown) if shown else [],
        "withdrawable": withdrawable,
        "history": history,
        "on_shelf": shelf.current("experience", key).filter(key=key).first(),
        "draft_differs": shown is not None and acting.whole(paper) != shown.content,
        "may_write": inside.may("write", PERMISSIONS),
        "sign_url": reverse("piloting:experience_sign", args=[key, shown.row.number]) if shown else "",
        "withdraw_url": reverse("piloting:experience_withdraw", args=[key, shown.row.number]) if shown else "",
        "breadcrumbs": crumbs(inside, (_("Experience"), "")),
    }
    return page(request, "piloting/experience", inside, context)


@require_POST
def sign(request: HttpRequest, key: str, version: int) -> HttpResponse:
    """Consent for a party to exactly the text that the page showed."""
    inside = door.room(request, key)
    found = door.laid(papers.experience(inside.initiative), version)
    organisation = door.signing_for(inside, request)
    try:
        acting.sign(found.row, organisation, inside.user, request.POST.get("digest", ""), inside.signs_for)
    except Refused as refused:
        tell(request, refused)
    else:
        messages.success(request, _("%(name)s has consented.") % {"name": organisation.name})
    return HttpResponseRedirect(reverse("piloting:experience", args=[key]))


@require_POST
def withdraw(request: HttpRequest, key: str, version: int) -> HttpResponse:
    """Take a party's consent back."""
    inside = door.room(request, key)
    found = door.laid(papers.experience(inside.initiative), version)
    organisation = door.signing_for(inside, request)
    form = WhyForm(request.POST)
    try:
        acting.withdraw(found.row, organisation, inside.user, form.data.get("why", "")[:500], inside.signs_for)
    except Refused as refused:
        tell(request, refused)
    else:
        messages.success(request, _("%(name)s has taken its consent back.") % {"name": organisation.name})
    return HttpResponseRedirect(reverse("piloting:experience", args=[key]))
