"""Reading a whole conversation, writing in it, and reporting what shouldn't stand."""

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from helsevev.commons.files.rules import LARGEST_FILE
from helsevev.commons.files.views import takes_files
from helsevev.commons.people.models import User
from helsevev.commons.ui.forms.saying import refuse
from helsevev.core.words import Refused
from helsevev.knowledge.comments import queries, rules
from helsevev.knowledge.comments.actions import writing as acting
from helsevev.knowledge.comments.forms import NewForm, ReportForm
from helsevev.knowledge.comments.models import Comment
from helsevev.knowledge.comments.rules import Why
from helsevev.knowledge.comments.views import sealing


@takes_files(from_strangers=LARGEST_FILE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subject(request: HttpRequest, on: str, key: str) -> HttpResponse:
    """Everything that is said under a page or project, and the form."""
    found = _found(on, key)
    answers = queries.begins(on, found.key, request.POST.get("answers", "") or request.GET.get("answers", ""))
    if request.method != "POST":
        name = request.user.name if isinstance(request.user, User) else ""
        initial = {"name": name, "seal": sealing.fresh(on, found.key).sign()}
        return _draw(request, found, NewForm(initial=initial), answers)
    form = NewForm(request.POST, request.FILES)
    seal = sealing.opened(request.POST.get("seal", ""), on, found.key)
    if form.is_valid() and not _fault(request, form, seal) and seal:
        try:
            token = _write(request, found, form, seal.key, answers)
        except Refused as refused:
            refuse(form, refused, "file")
        else:
            return HttpResponseRedirect(reverse("comments:own", args=[token]))
    if seal is None or seal.fault is Why.TOO_SLOW:
        anew = request.POST.copy()
        anew["seal"] = sealing.fresh(on, found.key).sign()
        form.data = anew
    return _draw(request, found, form, answers)


def _found(on: str, key: str) -> queries.Subject:
    found = queries.subject(on, key, get_language() or "nb")
    if found is None:
        raise Http404
    return found


def _fault(request: HttpRequest, form: NewForm, seal: sealing.Seal | None) -> bool:
    """Whether the form can't be taken in now; it then says why."""
    why = Why.TOO_SLOW if seal is None else seal.fault
    if why is None and sealing.too_many(request):
        why = Why.TOO_MANY
    if why:
        form.add_error(None, _(why))
    return why is not None


def _write(request: HttpRequest, found: queries.Subject, form: NewForm, key: UUID, answers: Comment | None) -> str:
    """Take it in; the author's link."""
    made = form.cleaned_data
    written = rules.Written(made["name"], made["text"], get_language() or "nb")
    standing = queries.one(key)
    if standing and (standing.name, standing.text) != (written.name, written.text):
        key = uuid4()  # gone back and written anew: another comment
    account = request.user if isinstance(request.user, User) else None
    token = sealing.own_token(key)
    acting.write(found, written, key=key, token=token, account=account, answers=answers, upload=made["file"])
    return token


def _draw(request: HttpRequest, found: queries.Subject, form: NewForm, answers: Comment | None) -> HttpResponse:
    threads = queries.shown(found.on, found.key)
    context = {
        "subject": found,
        "threads": threads,
        "total": queries.total(threads),
        "form": form,
        "answers": answers,
        "language": get_language() or "nb",
        "breadcrumbs": [{"label": found.title, "url": found.url}, {"label": _("Comments")}],
        "robots": "noindex, follow",
    }
    return render(request, "comments/subject.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, key: UUID) -> HttpResponse:
    """Tell the moderators that a comment shouldn't stand."""
    row = queries.one(key)
    if row is None or row.state != rules.State.SHOWN:
        raise Http404
    found = _found(row.on, row.subject)
    form = ReportForm(request.POST if request.method == "POST" else None)
    done = False
    if form.is_bound and form.is_valid():
        if sealing.too_many(request):
            form.add_error(None, _(Why.TOO_MANY))
        else:
            acting.report(row, form.cleaned_data["reason"])
            done = True
    context = {
        "comment": row,
        "subject": found,
        "form": form,
        "done": done,
        "breadcrumbs": [{"label": found.title, "url": found.url}, {"label": _("Report a comment")}],
        "robots": "noindex",
    }
    return render(request, "comments/report.html", context, status=422 if form.errors else 200)
