"""What remains of a meeting, as its keepers write it down: recording, text, numbers and slides."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from helsevev.commons.files import actions as filing
from helsevev.commons.files import queries as files
from helsevev.commons.files.forms import UploadField
from helsevev.commons.files.views import takes_files
from helsevev.commons.ui.forms.saying import refuse, tell
from helsevev.core.words import Refused
from helsevev.network.events.actions import afterwards as acting
from helsevev.network.events.actions.afterwards import FILES, Remains
from helsevev.network.events.forms.afterwards import RemainsForm
from helsevev.network.events.views.desk import desk_address, desk_crumbs
from helsevev.network.events.views.door import found, keeper, private, told

KINDS = ("pdf",)
NAMES = ("recording", "has_captions", "transcript", "watched", "others")


@require_http_methods(["GET", "HEAD", "POST"])
def afterwards(request: HttpRequest, key: str) -> HttpResponse:
    """Write it down, and publish the recording when it has captions and text."""
    user, row = keeper(request), found(key)
    first = {name: getattr(row, name) for name in NAMES} | {"publish": row.recording_published_at is not None}
    form = RemainsForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            acting.keep(row, Remains(**form.cleaned_data), str(user.key))
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("events:afterwards", args=[row.key]))
    context = {
        "meeting": row,
        **told(row),
        "form": form,
        "files": files.of_owner(FILES, row.key),
        "breadcrumbs": desk_crumbs((row.title, desk_address(row)), (_("Afterwards"), "")),
    }
    return private(request, "afterwards", context, 422 if form.errors else 200)


@takes_files(most=100_000_000)
@require_POST
def add_slides(request: HttpRequest, key: str) -> HttpResponse:
    """Keep slides with the meeting; everyone who sees its page can read them."""
    user, row = keeper(request), found(key)
    upload = request.FILES.get("file")
    try:
        UploadField(allowed=KINDS, label=_("File")).clean(upload)
        assert upload is not None  # a required field
        filing.receive(upload, owner_kind=FILES, owner_key=row.key, by=str(user.key), allowed=KINDS)
        messages.success(request, _("The file is kept."))
    except Refused as refused:
        tell(request, refused)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    return HttpResponseRedirect(reverse("events:afterwards", args=[row.key]) + "#files")


@require_POST
def drop_slides(request: HttpRequest, key: str, stored: UUID) -> HttpResponse:
    """Take slides away."""
    user, row = keeper(request), found(key)
    kept = files.one(stored, owner_kind=FILES, owner_key=row.key)
    if kept is None:
        raise Http404
    filing.withdraw(kept, by=str(user.key))
    messages.success(request, _("The file is taken away."))
    return HttpResponseRedirect(reverse("events:afterwards", args=[row.key]) + "#files")
