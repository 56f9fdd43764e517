"""The page where administrators see what became of the messages."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.commons.mail import queries, rules
from helsevev.commons.mail.forms import STATES, MailChoice
from helsevev.core.roles import may


@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """Messages, newest first, in one state when asked."""
    if not may(request.person, "see_mail", rules.PERMISSIONS):  # type: ignore[attr-defined] # a middleware sets it
        raise Http404
    form = MailChoice(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = list(queries.page(**chosen)) if chosen or not form.is_bound else []
    shown = rows[: queries.PAGE]
    older = {"state": chosen.get("state", ""), "before": shown[-1].pk} if len(rows) > len(shown) else None
    context = {
        "form": form,
        "rows": [(row, STATES[row.state]) for row in shown],
        "older_url": f"?{urlencode(older)}" if older else "",
        "breadcrumbs": [{"label": _("E-mail")}],
        "robots": "noindex",
    }
    return render(request, "mail_room/messages.html", context)
