"""Those who registered, for the secretariat: the list, the list as a file, and the meeting's log."""

import io

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helsevev.commons.files.views import takes_files
from helsevev.commons.ui.forms.saying import tell
from helsevev.core.tables import XLSX, Sheet, csv_lines, write_xlsx
from helsevev.core.words import Refused
from helsevev.network.events.actions import attending
from helsevev.network.events.panels.listing import header, lines
from helsevev.network.events.queries import people
from helsevev.network.events.views.desk import desk_address, desk_crumbs
from helsevev.network.events.views.door import found, keeper, private, told

LARGEST_LOG = 5_000_000


@require_safe
def participants(request: HttpRequest, key: str) -> HttpResponse:
    """Everyone with a place or in line, and when all of it is deleted."""
    keeper(request, "see_participants")
    row = found(key)
    language = get_language() or "nb"
    context = {
        "meeting": row,
        **told(row),
        "header": header(row, language),
        "lines": lines(row, language),
        "numbers": people.numbers(row),
        "breadcrumbs": desk_crumbs((row.title, desk_address(row)), (_("Participants"), "")),
    }
    return private(request, "participants", context)


@require_safe
def export(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """The same as CSV or Excel; no cell of it is ever run."""
    keeper(request, "see_participants")
    row, language = found(key), get_language() or "nb"
    head, body = header(row, language), lines(row, language)
    answer: HttpResponseBase
    if form == "csv":
        answer = StreamingHttpResponse(csv_lines(head, body), content_type="text/csv; charset=utf-8")
    else:
        book = io.BytesIO()
        write_xlsx(book, [Sheet(_("Participants")[:31], head, body)])
        answer = HttpResponse(book.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{row.key}.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer


@takes_files(most=LARGEST_LOG)
@require_POST
def take_log(request: HttpRequest, key: str) -> HttpResponse:
    """Read the log that the meeting room's program wrote."""
    user, row = keeper(request, "see_participants"), found(key)
    upload = request.FILES.get("log")
    try:
        content = upload.read() if upload else b""
        matched = attending.take_log(row, content, str(user.key))
        said = _("%(found)s of those who registered were there, and %(others)s others.")
        messages.success(request, said % {"found": len(matched.found), "others": matched.others})
    except Refused as refused:
        tell(request, refused)
    return HttpResponseRedirect(reverse("events:participants", args=[row.key]))
