"""Sending in, the receipt, changing until the deadline, withdrawing; and files that go with an application."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.commons.files import actions as keeping
from helsevev.commons.files import queries as files
from helsevev.commons.files.views import serve, takes_files
from helsevev.commons.forms import queries as forms
from helsevev.commons.people.views.keeping_typed import arrived_at, keeps_typed
from helsevev.commons.ui.forms.saying import all_said, refuse, said, tell
from helsevev.core.words import Refused
from helsevev.network.applications.actions import applying_sending as acting
from helsevev.network.applications.forms.applying import LARGEST, AttachForm, SendForm, WhyForm
from helsevev.network.applications.queries import applying as asking
from helsevev.network.applications.queries import papers
from helsevev.network.applications.rules import applying as rules
from helsevev.network.applications.views.applying import page_of
from helsevev.network.applications.views.applying_door import Inside, back, crumbs, let_in
from helsevev.network.applications.views.door import unkept

KIND = "application"


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, key: object) -> HttpResponse:
    """Read the application through, see what is in the way, and send it.

    What reached us before the deadline is in time, also where a busy database takes it in after.
    """
    inside = let_in(request, key, "leads")
    if request.method != "POST":
        return _send_page(request, inside)
    given = SendForm(request.POST)
    if not given.is_valid():
        return _send_page(request, inside, [_("Read it through once more, and send it then.")])
    made = given.cleaned_data
    seen = acting.Seen(made["revision"], made["version"], made["sent"])
    try:
        sent = acting.submit(inside.application, inside.by, seen, arrived_at(request) or inside.now)
    except Refused as refused:
        return _send_page(request, inside, all_said(refused))
    return HttpResponseRedirect(reverse("applications:receipt", args=[inside.application.key, sent.number]))


def _send_page(request: HttpRequest, inside: Inside, why: list[str] | None = None) -> HttpResponse:
    """What will be sent, as it stands now."""
    row = asking.one(inside.application.key) or inside.application
    sent = row.submissions.count()
    refusals = rules.refuse_submit(
        asking.kind(row),
        asking.call(row.round),
        asking.partners(row),
        asking.filled(row, row.sheet.revision, row.sheet.version_id),
        inside.now,
    )
    answers = forms.answers(row.sheet)
    context = {
        "application": row,
        "told": forms.told(forms.compiled(row.sheet.version), answers, get_language() or "nb"),
        "partners": row.partners.select_related("organisation"),
        "files": asking.attached(row),
        "why": why or [said(one) for one in refusals],
        "is_refused": bool(why),
        "may_send": not refusals and row.sheet.state == "draft",
        "is_sent": row.sheet.state == "bound",
        "form": SendForm(
            initial={"revision": row.sheet.revision, "version": row.sheet.version_id, "sent": sent}, auto_id="send-%s"
        ),
        "breadcrumbs": crumbs(inside, _("Read through and send")),
        "robots": "noindex",
    }
    return unkept(render(request, "applications/send.html", context, status=409 if why else 200))


@require_safe
def receipt(request: HttpRequest, key: object, number: int) -> HttpResponse:
    """What was sent in, when, and its seal."""
    inside = let_in(request, key)
    found = inside.application.submissions.select_related("response__version__form").filter(number=number).first()
    if found is None:
        raise Http404
    context = {
        "application": inside.application,
        "submission": found,
        "told": forms.told_of(found.response, get_language() or "nb"),
        "breadcrumbs": crumbs(inside, _("Receipt")),
        "robots": "noindex",
    }
    return unkept(render(request, "applications/receipt.html", context))


@require_safe
def receipt_pdf(request: HttpRequest, key: object, number: int) -> HttpResponse:
    """The receipt as PDF."""
    inside = let_in(request, key)
    found = inside.application.submissions.select_related("response__version__form").filter(number=number).first()
    if found is None:
        raise Http404
    made = papers.receipt(inside.application, found, get_language() or "nb")
    response = HttpResponse(made, content_type="application/pdf")
    name = f"{inside.application.code}-{number}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return unkept(response)


@require_POST
def reopen(request: HttpRequest, key: object) -> HttpResponse:
    """Change what was sent, until the deadline."""
    inside = let_in(request, key, "leads")
    try:
        acting.reopen(inside.application, inside.by, inside.now)
    except Refused as refused:
        tell(request, refused)
        return back(inside)
    messages.info(request, _("You can change the application now. What was sent stands until you send it anew."))
    return back(inside)


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, key: object) -> HttpResponse:
    """Withdraw the application, after asking."""
    inside = let_in(request, key, "leads")
    form = WhyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            acting.withdraw(inside.application, inside.by, form.cleaned_data["reason"], inside.now)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The application is withdrawn."))
            return back(inside)
    context = {
        "title": _("Withdraw the application?"),
        "body": _("It isn't assessed. Until the deadline you can take it up again and send it anew."),
        "form": form,
        "action": _("Withdraw"),
        "danger": True,
        "cancel_url": inside.url,
        "breadcrumbs": crumbs(inside, _("Withdraw")),
        "robots": "noindex",
    }
    return unkept(render(request, "ui/confirm.html", context, status=422 if form.errors else 200))


@require_POST
def take_up(request: HttpRequest, key: object) -> HttpResponse:
    """Take a withdrawn application up again."""
    inside = let_in(request, key, "leads")
    try:
        acting.take_up(inside.application, inside.by, inside.now)
    except Refused as refused:
        tell(request, refused)
    return back(inside)


# --- Files -----------------------------------------------------------------------------------------------------------
@takes_files(LARGEST)
@require_POST
def attach(request: HttpRequest, key: object) -> HttpResponse:
    """Keep a PDF with the application."""
    inside = let_in(request, key, "writes")
    refusal = asking.refuse_edit(inside.application, inside.now)
    form = AttachForm(request.POST, request.FILES)
    if refusal is not None:
        form.add_error(None, said(refusal))
    if form.is_valid():
        upload, key_ = form.cleaned_data["file"], str(inside.application.key)
        try:
            keeping.receive(upload, owner_kind=KIND, owner_key=key_, by=inside.by, limit_bytes=LARGEST)
        except Refused as refused:
            refuse(form, refused, "file")
        else:
            messages.success(request, _("The file is attached."))
            return back(inside, "files")
    page = page_of(inside, attach_form=form)
    return unkept(render(request, "applications/application.html", page, status=422))


@require_safe
def file(request: HttpRequest, key: object, file_key: UUID) -> HttpResponseBase:
    """An attached file, for those behind the application."""
    inside = let_in(request, key)
    found = files.one(file_key, owner_kind=KIND, owner_key=str(inside.application.key))
    if found is None:
        raise Http404
    return serve(found)


@require_POST
def detach(request: HttpRequest, key: object, file_key: UUID) -> HttpResponse:
    """Take a file away; what was sent in names it still, by its digest."""
    inside = let_in(request, key, "writes")
    found = files.one(file_key, owner_kind=KIND, owner_key=str(inside.application.key))
    if found is None:
        raise Http404
    try:
        acting.detach(inside.application, found, inside.by, inside.now)
    except Refused as refused:
        tell(request, refused)
    return back(inside, "files")
