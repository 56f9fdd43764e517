"""Whom to ask: people drawn from the portfolio, and others."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from helsevev.commons.ui.forms.saying import all_said, said
from helsevev.core.words import Refusal, Refused
from helsevev.network.surveys.actions import making
from helsevev.network.surveys.forms.making import InviteForm
from helsevev.network.surveys.queries import surveys
from helsevev.network.surveys.rules.states import State, Step, Why, refuse
from helsevev.network.surveys.views import door


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, key: str) -> HttpResponse:
    """Leaders of guided projects are ticked beforehand; members and others can be added."""
    survey, language = door.kept(request, key), door.language()
    drawn = {} if survey.initiative else {one.email: one for one in surveys.candidates(survey.year, language)}
    invited = set(survey.invitations.values_list("email", flat=True))
    offered = [
        (one.email, f"{one.name or one.email}, {one.project}") for one in drawn.values() if one.email not in invited
    ]
    ticked = [email for email, _label in offered if drawn[email].is_leader]
    form = InviteForm(request.POST or None, offered, ticked)
    why = [said(found)] if (found := refuse(State(survey.state), Step.INVITE)) else []
    if request.method == "POST" and not why and form.is_valid():
        people = [
            making.Invitee(email, drawn[email].name, drawn[email].language) for email in form.cleaned_data["drawn"]
        ]
        people += [making.Invitee(email, language=language) for email in form.cleaned_data["others"]]
        try:
            if not people:
                raise Refused(Refusal(Why.NOBODY))
            number = making.invite(survey, people, door.person_on(request).key)
        except Refused as refused:
            why = all_said(refused)
        else:
            done = ngettext("One person is invited.", "%(number)s people are invited.", number)
            messages.success(request, done % {"number": number})
            return HttpResponseRedirect(reverse("surveys:desk", args=[key]))
    name = surveys.name_of(survey, language)
    context = {
        "survey": survey,
        "name": name,
        "form": form,
        "offered": offered,
        "invited": len(invited),
        "why": why,
        "breadcrumbs": door.crumbs((name, reverse("surveys:desk", args=[key])), (_("Invite"), "")),
    }
    return door.page(request, "invite", context)
