"""A gate before its approvers: each decides for an organisation; and the terms of those that were passed on some."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from helsevev.commons.forms import queries as forms
from helsevev.commons.ui.forms.saying import tell
from helsevev.core.words import Refused
from helsevev.network.workspace.actions import gates as acting
from helsevev.network.workspace.forms.gates import (
    NoteForm,
    VerdictForm,
)
from helsevev.network.workspace.models import Condition, Gate, GateApprover
from helsevev.network.workspace.queries import gates as asking
from helsevev.network.workspace.rules import gates as rules
from helsevev.network.workspace.views.door import (
    Inside,
    Typed,
    enter,
    language,
    page,
    party,
    resend,
    sentences,
    to,
)
from helsevev.network.workspace.views.gates import crumbs_of, found, url_of
from helsevev.network.workspace.views.roadmap import gate_line


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, key: str, gate: UUID, organisation: str) -> HttpResponse:
    """An approver decides, on exactly what the page shows."""
    inside = enter(request, key)
    one = found(inside, gate)
    party(inside, organisation, "approve")
    around = asking.around(one, language())
    mine = next((who for who in around.mine(inside.user) if who.organisation.key == organisation), None)
    if mine is None or around.current is None:
        return _too_late(request, inside, one, organisation)
    shown = {"digest": around.current.submission.digest, "organisation": organisation}
    place = f"gate/{one.key}/{organisation}"
    if Typed.is_thrown(request, inside, place):
        return to(inside, "gate", one.key)
    typed = Typed.open(request, inside, place, VerdictForm, shown)
    typed.form.initial.update(shown)
    status = typed.status
    if request.method == "POST" and typed.form.is_valid():
        try:
            decided = _decide(inside, one, mine, typed)
        except Refused as refused:
            typed.refuse(refused)
            status = 409
            resend(typed.form, digest=shown["digest"])
        else:
            typed.done()
            messages.success(request, _("Your decision is kept."))
            if decided.decision:
                messages.info(request, _("The gate is decided: %(what)s.") % {"what": gate_line(decided)})
            return to(inside, "gate", one.key)
    context = {
        **typed.context,
        "gate": one,
        "around": around,
        "approver": mine,
        "told": forms.told_of(around.current.submission.response, language()),
        "hindrances": sentences(around.hindrances),
        "cancel_url": url_of(inside, "gate", one),
        "breadcrumbs": crumbs_of(inside, around, (_("Decide"), "")),
    }
    return page(request, "decide", inside, _("Decide on the gate"), context, status if typed.form.errors else 200)


def _decide(inside: Inside, one: Gate, mine: GateApprover, typed: Typed) -> Gate:
    form = typed.form
    assert isinstance(form, VerdictForm)
    made = form.cleaned_data
    given = acting.Given(rules.Decision(made["decision"]), made["reason"], made["digest"], tuple(form.conditions()))
    return acting.decide(one, inside.user, mine.organisation, given)


def _too_late(request: HttpRequest, inside: Inside, one: Gate, organisation: str) -> HttpResponse:
    """Whoever isn't named finds no such page; whoever was is told why it is too late."""
    if not GateApprover.objects.filter(gate=one, user=inside.user, organisation__key=organisation).exists():
        raise Http404
    why = rules.Why.NOT_DECIDING if one.state != rules.State.DECIDING else rules.Why.DECIDED_ALREADY
    messages.error(request, _(why))
    return to(inside, "gate", one.key)


def _condition(one: Gate, pk: int) -> Condition:
    row = Condition.objects.filter(verdict__submission__gate=one, pk=pk).first()
    if row is None:
        raise Http404
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def meet(request: HttpRequest, key: str, gate: UUID, pk: int) -> HttpResponse:
    """Say that a term is met, and how."""
    inside = enter(request, key, "write")
    one = found(inside, gate)
    row = _condition(one, pk)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            acting.meet(row, inside.by, form.cleaned_data["note"])
        except Refused as refused:
            tell(request, refused)
        else:
            messages.success(request, _("The term is met."))
        return to(inside, "gate", one.key, anchor="conditions")
    context = {
        "title": _("Is this term met?"),
        "body": row.text,
        "form": form,
        "action": _("It is met"),
        "cancel_url": url_of(inside, "gate", one),
        "breadcrumbs": crumbs_of(inside, asking.around(one, language()), (_("Term"), "")),
    }
    return page(request, "confirm", inside, _("Is this term met?"), context, 422 if form.errors else 200)


@require_POST
def unmeet(request: HttpRequest, key: str, gate: UUID, pk: int) -> HttpResponse:
    """It was said too early."""
    inside = enter(request, key, "write")
    one = found(inside, gate)
    acting.unmeet(_condition(one, pk), inside.by)
    messages.success(request, _("The term stands open again."))
    return to(inside, "gate", one.key, anchor="conditions")
