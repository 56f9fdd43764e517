"""What remains of a meeting, as its keepers write it down: recording, text, numbers and slides."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from helsevev.commons.files import queries as files
from helsevev.commons.files.forms import UploadField
from helsevev.commons.files.rules import LARGEST_MEDIA, in_words, kinds_in_words
from helsevev.commons.files.views import takes_files
from helsevev.commons.ui.forms.saying import refuse, tell
from helsevev.core.words import Refused
from helsevev.network.events.actions import afterwards as acting
from helsevev.network.events.actions.afterwards import Remains
from helsevev.network.events.forms.afterwards import RemainsForm
from helsevev.network.events.models import Meeting
from helsevev.network.events.queries import remains
from helsevev.network.events.rules.remains import SORTS, Sort
from helsevev.network.events.views.desk import desk_address, desk_crumbs
from helsevev.network.events.views.door import found, keeper, private, told

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
        "sorts": [_sort(row, name) for name in SORTS],
        "breadcrumbs": desk_crumbs((row.title, desk_address(row)), (_("Afterwards"), "")),
    }
    return private(request, "afterwards", context, 422 if form.errors else 200)


def _sort(row: Meeting, name: str) -> dict[str, object]:
    """The files of one sort, and the field that takes another."""
    told = SORTS[name]
    accepted = ",".join(f".{kind}" for kind in told.kinds)
    limits = _("{kinds}, at most {size}.").format(kinds=kinds_in_words(told.kinds), size=in_words(told.most))
    shown = {"name": name, "title": _(told.title), "add": _(told.add), "limits": limits, "accepted": accepted}
    return {**shown, "files": remains.of_sort(row, name)}


@takes_files(most=LARGEST_MEDIA)
@require_POST
def add_file(request: HttpRequest, key: str, sort: str) -> HttpResponse:
    """Keep a file with the meeting; slides are everyone's who sees its page, a recording once it is published."""
    user, row, told = keeper(request), found(key), _known(sort)
    upload = request.FILES.get("file")
    try:
        UploadField(allowed=told.kinds, limit_bytes=told.most, label=_("File")).clean(upload)
        assert upload is not None  # a required field
        acting.add(row, sort, upload, str(user.key))
        messages.success(request, _("The file is kept."))
    except Refused as refused:
        tell(request, refused)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    return _back(request, row, sort)


@require_POST
def drop_file(request: HttpRequest, key: str, sort: str, stored: UUID) -> HttpResponse:
    """Take a file away."""
    user, row = keeper(request), found(key)
    kept = files.one(stored, owner_kind=_known(sort).owner, owner_key=row.key)
    if kept is None:
        raise Http404
    acting.drop(row, kept, str(user.key))
    messages.success(request, _("The file is taken away."))
    return _back(request, row, sort)


def _known(sort: str) -> Sort:
    if sort not in SORTS:
        raise Http404
    return SORTS[sort]


def _back(request: HttpRequest, row: Meeting, sort: str) -> HttpResponse:
    """Back to the page, with a word where the recording had to be taken from everyone's."""
    was = row.recording_published_at
    row.refresh_from_db(fields=["recording_published_at"])
    if was and not row.recording_published_at:
        messages.warning(request, _("The recording isn't published any more: film needs captions."))
    return HttpResponseRedirect(reverse("events:afterwards", args=[row.key]) + f"#{sort}")
