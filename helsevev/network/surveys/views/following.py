"""One press on a meeting's desk asks those who came."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from helsevev.commons.people.rules import may
from helsevev.commons.ui.forms.saying import all_said
from helsevev.core.words import Refused
from helsevev.network.events.queries import meetings
from helsevev.network.surveys.actions.following import follow
from helsevev.network.surveys.rules import PERMISSIONS
from helsevev.network.surveys.views import door


@require_POST
def ask(request: HttpRequest, meeting: str) -> HttpResponse:
    """Make the survey, open it and send it; the survey's desk is where it goes on."""
    person = door.person_on(request)
    row = meetings.one(meeting)
    if row is None or not may(person, "keep", PERMISSIONS):
        raise Http404
    try:
        survey = follow(row, person.key)
    except Refused as refused:
        for sentence in all_said(refused):
            messages.error(request, sentence)
        return HttpResponseRedirect(reverse("events:desk_meeting", args=[meeting]))
    messages.success(request, _("The survey is open, and those who came are asked."))
    return HttpResponseRedirect(reverse("surveys:desk", args=[survey.key]))
