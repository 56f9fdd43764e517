"""Drafts that save themselves while one types, and what is offered while one types."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Person, may
from helsevev.network.portfolio.actions import bring_back, throw_away
from helsevev.network.portfolio.forms import sending
from helsevev.network.portfolio.queries import editing
from helsevev.network.portfolio.rules import PERMISSIONS
from helsevev.network.portfolio.rules.permissions import TEAM
from helsevev.network.portfolio.views import leaving
from helsevev.network.portfolio.views.desk import desk_for, person_on
from helsevev.network.portfolio.views.edit import foreign
from helsevev.network.portfolio.views.sealing import opened

LARGEST = 2_000_000_000
FORCED = "keep:force"


# The page's seal does the work of Django's token; `sealing` says why.
@csrf_exempt
@require_POST
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """Keep what stands on the page of a project; the answer is one line that says so."""
    subject = editing.subject(key)
    if subject is None:
        raise Http404
    return _keep(request, subject)


@csrf_exempt
@require_POST
def draft_new(request: HttpRequest) -> HttpResponse:
    """Keep what stands on the page of a new project."""
    return _keep(request, editing.Subject())


def _keep(request: HttpRequest, subject: editing.Subject) -> HttpResponse:
    """Keep it, whoever's page it is, if it is ours."""
    seal = opened(request.POST.get("seal", ""))
    desk = desk_for(request, subject)
    if seal is None or seal.key != subject.key or sending.END not in request.POST:
        return foreign(request, desk)
    if not isinstance(request.user, User):
        return leaving.signed_out(request, subject, seal)
    if seal.user != str(request.user.key):
        return foreign(request, desk)
    if desk is None:
        return leaving.kept_but_revoked(request, subject, seal)
    desk.names = tuple(name for name in desk.names if name in seal.names)
    desk.base, desk.over = seal.base, seal.over
    filled = sending.read_typed(request.POST, desk.names, desk.shown)
    state = leaving.try_to_keep(desk, filled, seal, force=request.POST.get("do") == FORCED)
    answer = render(request, "portfolio/_draft_state.html", {"state": state})
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def throw(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw one of one's own drafts away, with a way back."""
    found = [one for one in editing.drafts(request.user) if one.pk == pk] if isinstance(request.user, User) else []
    if not found:
        raise Http404
    throw_away(found[0])
    return HttpResponseRedirect(f"{reverse('portfolio:staff')}?thrown={pk}")


@require_POST
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a draft back that was thrown away."""
    if not isinstance(request.user, User) or pk > LARGEST:
        raise Http404
    back = bring_back(request.user, pk)
    if back is None:
        raise Http404
    if back.project is None:
        return HttpResponseRedirect(reverse("portfolio:create"))
    return HttpResponseRedirect(reverse("portfolio:edit", args=[back.project.initiative.key]))


@require_safe
def lookup(request: HttpRequest, what: str) -> HttpResponse:
    """What a person who types may mean, as a list to choose from; the field's own value is what is asked."""
    person = person_on(request)
    if not _edits(person):
        raise Http404
    text = request.GET.get(next(iter(request.GET), ""), "")
    found = editing.look_up(what, text, get_language() or "nb", person)
    told = _("Nothing is known by that name.") if not found and len(text.strip()) > 1 else ""
    answer = render(request, "portfolio/_lookup.html", {"found": found, "told": told})
    answer["Cache-Control"] = "private, no-store"
    return answer


def _edits(person: Person) -> bool:
    """Whether someone edits anything at all."""
    return may(person, "edit", PERMISSIONS, person.organisations(TEAM))
