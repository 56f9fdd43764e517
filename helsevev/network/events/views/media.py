"""Files of a meeting for everyone: slides to save, and a recording that is played on the meeting's page."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from helsevev.commons.files import queries as files
from helsevev.commons.files import views as filing
from helsevev.network.events.rules.remains import SORTS
from helsevev.network.events.views.door import allows, public


@require_safe
def slides(request: HttpRequest, key: str, stored: UUID) -> HttpResponseBase:
    """A file to save."""
    row = public(request, key)
    found = files.one(stored, owner_kind=SORTS["slides"].owner, owner_key=row.key)
    if found is None:
        raise Http404
    return filing.serve(found)


@require_safe
def play(request: HttpRequest, key: str, stored: UUID) -> HttpResponseBase:
    """The recording or its captions, once they are published; its keepers see them before."""
    row = public(request, key)
    owners = [SORTS[sort].owner for sort in ("recording", "captions")]
    kept = (files.one(stored, owner_kind=owner, owner_key=row.key) for owner in owners)
    found = next((one for one in kept if one), None)
    if found is None or not (row.recording_published_at or allows(request, "keep_meetings")):
        raise Http404
    return filing.play(request, found)
