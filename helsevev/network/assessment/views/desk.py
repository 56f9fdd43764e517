"""The desk: rounds at work for those who run or decide them, tasks for assessors, and where one belongs."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from helsevev.commons.people import queries as people
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Role
from helsevev.commons.people.views.keeping_typed import keeps_typed
from helsevev.network.applications.queries import rounds_showing as showing
from helsevev.network.applications.views.door import person_on
from helsevev.network.assessment.actions import judging as acting
from helsevev.network.assessment.forms.assessing import TiesForm
from helsevev.network.assessment.models import StatedTie
from helsevev.network.assessment.queries import desk as asking
from helsevev.network.assessment.rules import PERMISSIONS
from helsevev.network.assessment.views.door import crumbs, page


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for whoever comes."""
    person = person_on(request)
    if not person.roles & PERMISSIONS["see_desk"].anywhere or not isinstance(request.user, User):
        raise Http404
    runs = bool(person.roles & PERMISSIONS["run_round"].anywhere)
    decides = bool(person.roles & {Role.RESOURCE_GROUP, Role.STEERING_GROUP})
    seated = asking.seated_in(person) if decides else frozenset()
    rounds = [
        {
            "name": showing.name(one),
            "url": reverse("assessment:round" if runs else "assessment:board", args=[one.code]),
        }
        for one in asking.rounds_at_work()
        if runs or one.pk in seated
    ]
    tasks = asking.tasks(request.user) if Role.ASSESSOR in person.roles else []
    context = {
        "rounds": rounds,
        "shows_rounds": runs or decides,
        "tasks": tasks,
        "forgets": bool(person.roles & PERMISSIONS["forget"].anywhere),
        "assesses": Role.ASSESSOR in person.roles,
        "breadcrumbs": crumbs(),
    }
    return page(request, "desk", None, context)


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def ties(request: HttpRequest) -> HttpResponse:
    """Where one belongs; said by oneself, for oneself."""
    person = person_on(request)
    if not person.roles & PERMISSIONS["state_ties"].anywhere or not isinstance(request.user, User):
        raise Http404
    stated = list(StatedTie.objects.filter(user=request.user).values_list("organisation__key", flat=True))
    choices = [(one["key"], one["name"]) for one in people.listed()]
    form = TiesForm(request.POST or None, initial={"organisations": stated}, choices=choices)
    if form.is_bound and form.is_valid():
        acting.state_ties(request.user, form.cleaned_data["organisations"])
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("assessment:desk"))
    held = [one for one in people.held_roles(request.user) if one.organisation]
    context = {"form": form, "held": held, "breadcrumbs": crumbs((_("Where I belong"), ""))}
    return page(request, "ties", None, context, 422 if form.errors else 200)
