"""Applications that were sent in, for the secretariat: a plain list of a round, and one to read."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.commons.files import queries as files
from helsevev.commons.files.views import serve
from helsevev.commons.forms import queries as forms
from helsevev.network.applications.models import Submission
from helsevev.network.applications.queries import applying as asking
from helsevev.network.applications.queries import rounds_showing as showing
from helsevev.network.applications.queries import submitted as telling
from helsevev.network.applications.rules.workflow import Kind
from helsevev.network.applications.views.door import kept_round, only, unkept
from helsevev.network.applications.views.rounds import of_round


@require_safe
def submitted(request: HttpRequest, code: str) -> HttpResponse:
    """All that were sent in to a round."""
    round_ = kept_round(request, code, "see_submitted")
    context = {
        "name": showing.name(round_),
        "rows": telling.rows(round_, get_language() or "nb"),
        "breadcrumbs": of_round(round_, (_("Applications"), "")),
        "robots": "noindex",
    }
    return unkept(render(request, "applications/submitted.html", context))


def _sent(request: HttpRequest, key: object) -> Submission:
    """What was sent in last; a draft or a withdrawn application isn't there."""
    only(request, "see_submitted")
    application = asking.one(str(key))
    if application is None or asking.kind(application) in (Kind.WRITING, Kind.WITHDRAWN):
        raise Http404
    found = telling.newest(application)
    if found is None:
        raise Http404
    return found


@require_safe
def read(request: HttpRequest, key: object) -> HttpResponse:
    """One, as it was sent in last."""
    found = _sent(request, key)
    application = found.application
    round_ = application.round
    context = {
        "application": application,
        "submission": found,
        "told": forms.told_of(found.response, get_language() or "nb"),
        "origins": application.origins.select_related("initiative"),
        "breadcrumbs": of_round(
            round_,
            (_("Applications"), reverse("applications:submitted", args=[round_.code])),
            (application.code, ""),
        ),
        "robots": "noindex",
    }
    return unkept(render(request, "applications/submitted_one.html", context))


@require_safe
def file(request: HttpRequest, key: object, file_key: UUID) -> HttpResponseBase:
    """A file that was sent with it."""
    found = _sent(request, key)
    if str(file_key) not in {one["key"] for one in found.attachments}:
        raise Http404
    stored = files.one(file_key, owner_kind="application", owner_key=str(found.application.key))
    if stored is None:
        raise Http404
    return serve(stored)
