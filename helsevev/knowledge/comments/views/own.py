"""An author's own comment, by the link that only they have; and the files of comments."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from helsevev.commons.files.views import serve
from helsevev.commons.people.rules import may
from helsevev.commons.ui.forms.saying import refuse
from helsevev.core.words import Refused
from helsevev.knowledge.comments import queries, rules
from helsevev.knowledge.comments.actions import writing as acting
from helsevev.knowledge.comments.forms import WriteForm
from helsevev.knowledge.comments.models import Comment


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """How far one's comment has come; it can be changed for a while."""
    row = _own(token)
    form = WriteForm(request.POST if request.method == "POST" else None, initial={"name": row.name, "text": row.text})
    if form.is_bound and form.is_valid():
        made = form.cleaned_data
        try:
            acting.change(row, rules.Written(made["name"], made["text"], row.language))
        except Refused as refused:
            refuse(form, refused)
        else:
            return HttpResponseRedirect(request.path)
    found = queries.subject(row.on, row.subject, get_language() or "nb")
    crumbs = [{"label": found.title, "url": found.url}] if found else []
    context: dict[str, object] = {
        "comment": row,
        "file": queries.files([row]).get(str(row.key)),
        "subject": found,
        "state": _(rules.STATE_NAMES[rules.State(row.state)]),
        "form": form,
        "may_change": rules.may_change(row.state, row.written_at, timezone.now()),
        "until": row.written_at + rules.EDITED_FOR,
        "token": token,
        "breadcrumbs": [*crumbs, {"label": _("Your comment")}],
        "robots": "noindex",
    }
    return render(request, "comments/own.html", context, status=422 if form.errors else 200)


def _own(token: str) -> Comment:
    row = queries.own(token)
    if row is None:
        raise Http404
    return row


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, token: str) -> HttpResponse:
    """Ask first; then name, words and file are gone."""
    row = _own(token)
    if request.method == "POST":
        acting.delete(row)
        found = queries.subject(row.on, row.subject, get_language() or "nb")
        context: dict[str, object] = {
            "subject": found,
            "robots": "noindex",
            "breadcrumbs": [{"label": _("Your comment")}],
        }
        return render(request, "comments/deleted.html", context)
    context = {
        "title": _("Delete your comment?"),
        "body": _("Your name, your words and your file are erased at once. Answers of others stay."),
        "action": _("Delete"),
        "danger": True,
        "cancel_url": reverse("comments:own", args=[token]),
        "robots": "noindex",
    }
    return render(request, "ui/confirm.html", context)


@require_safe
def file(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """A comment's file: for everyone once the comment is shown, before that for those who moderate."""
    row = queries.one(key)
    moderates = may(request.person, "moderate", rules.PERMISSIONS)  # type: ignore[attr-defined] # a middleware sets it
    open_here = row is not None and (
        queries.subject(row.on, row.subject, get_language() or "nb") if row.state == rules.State.SHOWN else moderates
    )
    kept = queries.files([row]).get(str(row.key)) if row and (open_here or moderates) else None
    if kept is None:
        raise Http404
    return serve(kept)
