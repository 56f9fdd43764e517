"""A gate while it is prepared: who is to decide, what shows that criteria are met, and laying it forward."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.commons.files import queries as files
from helsevev.commons.files.views import serve, takes_files
from helsevev.commons.people import queries as people
from helsevev.commons.people.models import Organisation
from helsevev.commons.ui.forms.saying import tell
from helsevev.core.words import Refused
from helsevev.network.workspace.actions import evidence as showing
from helsevev.network.workspace.actions import gates as acting
from helsevev.network.workspace.forms.gates import (
    LARGEST,
    AddressForm,
    FileForm,
    ReasonForm,
)
from helsevev.network.workspace.models import Evidence, Gate, GateApprover
from helsevev.network.workspace.queries import gates as asking
from helsevev.network.workspace.views.door import (
    enter,
    language,
    page,
    sentences,
    to,
)
from helsevev.network.workspace.views.gates import crumbs_of, found, gate_page, url_of


@require_POST
def name_approver(request: HttpRequest, key: str, gate: UUID) -> HttpResponse:
    """Name someone to decide."""
    inside = enter(request, key, "run_gate")
    one = found(inside, gate)
    who, _bar, organisation = request.POST.get("who", "").partition("|")
    user = people.account(who)
    place = Organisation.objects.filter(key=organisation).first()
    if user is None or place is None:
        messages.error(request, _("Choose who decides."))
        return to(inside, "gate", one.key, anchor="approvers")
    try:
        acting.name_approver(one, user, place, inside.by)
    except Refused as refused:
        tell(request, refused)
    return to(inside, "gate", one.key, anchor="approvers")


@require_POST
def unname(request: HttpRequest, key: str, gate: UUID, approver: int) -> HttpResponse:
    """Take someone off."""
    inside = enter(request, key, "run_gate")
    one = found(inside, gate)
    row = GateApprover.objects.filter(gate=one, pk=approver).select_related("user", "organisation").first()
    if row is None:
        raise Http404
    try:
        acting.unname(one, row, inside.by)
    except Refused as refused:
        tell(request, refused)
    else:
        messages.success(request, _("%(name)s is taken off the list.") % {"name": row.name})
    return to(inside, "gate", one.key, anchor="approvers")


@require_POST
def add_address(request: HttpRequest, key: str, gate: UUID) -> HttpResponse:
    """Evidence that stands elsewhere."""
    inside = enter(request, key, "write")
    one = found(inside, gate)
    form = AddressForm(request.POST, criteria=asking.criteria(one, language()), auto_id="address-%s")
    if form.is_valid():
        made = form.cleaned_data
        try:
            showing.add_address(one, made["title"], made["address"], made["criterion"], inside.by)
        except Refused as refused:
            tell(request, refused)
        return to(inside, "gate", one.key, anchor="evidence")
    return gate_page(request, inside, one, 422, address_form=form)


@takes_files(LARGEST)
@require_POST
def add_file(request: HttpRequest, key: str, gate: UUID) -> HttpResponse:
    """Evidence as a file."""
    inside = enter(request, key, "write")
    one = found(inside, gate)
    form = FileForm(request.POST, request.FILES, criteria=asking.criteria(one, language()), auto_id="file-%s")
    if form.is_valid():
        made = form.cleaned_data
        try:
            showing.add_file(one, made["file"], made["title"], made["criterion"], inside.by)
        except Refused as refused:
            for sentence in sentences(refused.refusals):
                form.add_error("file", sentence)
        else:
            messages.success(request, _("The file is attached."))
            return to(inside, "gate", one.key, anchor="evidence")
    return gate_page(request, inside, one, 422, file_form=form)


def _evidence(one: Gate, pk: int) -> Evidence:
    row = Evidence.objects.filter(gate=one, pk=pk).select_related("gate").first()
    if row is None:
        raise Http404
    return row


@require_POST
def remove_evidence(request: HttpRequest, key: str, gate: UUID, pk: int) -> HttpResponse:
    """Take it away."""
    inside = enter(request, key, "write")
    one = found(inside, gate)
    try:
        showing.remove(_evidence(one, pk), inside.by)
    except Refused as refused:
        tell(request, refused)
    else:
        messages.success(request, _("Taken away. The history of the gate keeps what was laid forward with it."))
    return to(inside, "gate", one.key, anchor="evidence")


@require_safe
def file(request: HttpRequest, key: str, gate: UUID, file: UUID) -> HttpResponseBase:
    """A file that shows something."""
    inside = enter(request, key)
    one = found(inside, gate)
    kept = files.one(file, owner_kind=asking.OWNER, owner_key=str(one.key))
    if kept is None:
        raise Http404
    return serve(kept)


@require_POST
def submit(request: HttpRequest, key: str, gate: UUID) -> HttpResponse:
    """Lay it before its approvers."""
    inside = enter(request, key, "run_gate")
    one = found(inside, gate)
    try:
        acting.submit(one, inside.by, language())
    except Refused as refused:
        tell(request, refused)
    else:
        messages.success(request, _("The gate lies before its approvers. Each has got a letter."))
    return to(inside, "gate", one.key)


@require_POST
def take_back(request: HttpRequest, key: str, gate: UUID) -> HttpResponse:
    """Change it."""
    inside = enter(request, key, "run_gate")
    one = found(inside, gate)
    try:
        acting.take_back(one, inside.by)
    except Refused as refused:
        tell(request, refused)
    else:
        messages.success(request, _("The gate can be changed. Lay it forward anew when it is ready."))
    return to(inside, "gate", one.key)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, key: str, gate: UUID) -> HttpResponse:
    """End the attempt, after asking."""
    inside = enter(request, key, "run_gate")
    one = found(inside, gate)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            acting.withdraw(one, inside.by, form.cleaned_data["reason"])
        except Refused as refused:
            tell(request, refused)
        else:
            messages.success(request, _("The gate is withdrawn. It is kept with all that was in it."))
        return to(inside, "gate", one.key)
    context = {
        "title": _("Withdraw this gate?"),
        "body": _("The attempt ends without a decision. A new one can be opened at any time."),
        "form": form,
        "action": _("Withdraw"),
        "danger": True,
        "cancel_url": url_of(inside, "gate", one),
        "breadcrumbs": crumbs_of(inside, asking.around(one, language()), (_("Withdraw"), "")),
    }
    return page(request, "confirm", inside, _("Withdraw this gate?"), context, 422 if form.errors else 200)
