"""A gate: its criteria, its evidence, its approvers, and what they decide."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.commons.forms import queries as forms
from helsevev.commons.forms.views import filling
from helsevev.commons.people import queries as people
from helsevev.core.roadmap import PHASE_NAMES, Phase
from helsevev.network.guidance.queries import rooms
from helsevev.network.workspace.forms.gates import (
    AddressForm,
    ApproverForm,
    FileForm,
    NoteForm,
    ReasonForm,
)
from helsevev.network.workspace.models import Gate
from helsevev.network.workspace.queries import gates as asking
from helsevev.network.workspace.rules import PERMISSIONS
from helsevev.network.workspace.rules import gates as rules
from helsevev.network.workspace.views.door import (
    ROADMAP,
    Inside,
    crumbs,
    enter,
    language,
    page,
    sentences,
)
from helsevev.network.workspace.views.roadmap import address, gate_line


def found(inside: Inside, gate: UUID) -> Gate:
    """A gate of this workspace."""
    one = asking.one(inside.initiative, gate)
    if one is None:
        raise Http404
    return one


def _title(gate: Gate) -> str:
    names = {"phase": _(PHASE_NAMES[Phase(gate.phase)]), "number": gate.number}
    return _("Gate out of %(phase)s, no. %(number)s") % names


def crumbs_of(inside: Inside, around: asking.Around, *further: tuple[str, str]) -> list[dict[str, str]]:
    """Where a page of a gate lies."""
    phase = (
        _(PHASE_NAMES[around.phase]),
        reverse("workspace:phase", args=[inside.initiative.key, address(around.phase)]),
    )
    gate = (_title(around.gate), url_of(inside, "gate", around.gate) if further else "")
    return crumbs(inside, ROADMAP, phase, gate, *further)


def url_of(inside: Inside, name: str, gate: Gate) -> str:
    """One of a gate's addresses."""
    return reverse(f"workspace:{name}", args=[inside.initiative.key, gate.key])


@require_safe
def gate(request: HttpRequest, key: str, gate: UUID) -> HttpResponse:
    """One gate: what stands, what is missing, who decides, what was decided."""
    inside = enter(request, key)
    return gate_page(request, inside, found(inside, gate))


def gate_page(request: HttpRequest, inside: Inside, one: Gate, status: int = 200, **forms_: object) -> HttpResponse:
    """The page, with the forms that were sent and refused."""
    around = asking.around(one, language())
    people_ = [
        (f"{who.user.key}|{who.organisation}", _called(inside, who)) for who in asking.candidates(inside.initiative)
    ]
    criteria = asking.criteria(one, language())
    writes = inside.may("write", PERMISSIONS) and around.is_preparing
    context = {
        "here": "roadmap",
        "gate": one,
        "around": around,
        "line": gate_line(one),
        "entering": _(PHASE_NAMES[around.entering]) if around.entering else "",
        "told": forms.told_of(around.current.submission.response, language()) if around.current else [],
        "hindrances": sentences(around.hindrances) if one.state in asking.AT_WORK else [],
        "missing_sides": sentences(rules.refuse_sides(who.side for who in around.approvers)),
        "turns": [_turn(turn) for turn in around.turns],
        "writes": writes,
        "mine": around.mine(inside.user),
        "approver_form": forms_.get("approver_form") or ApproverForm(people=people_, auto_id="approver-%s"),
        "address_form": forms_.get("address_form") or AddressForm(criteria=criteria, auto_id="address-%s"),
        "file_form": forms_.get("file_form") or FileForm(criteria=criteria, auto_id="file-%s"),
        "reason_form": forms_.get("reason_form") or ReasonForm(auto_id="why-%s"),
        "note_form": NoteForm(),
        "today": timezone.localdate(),
        "breadcrumbs": crumbs_of(inside, around),
    }
    return page(request, "gate", inside, _title(one), context, status)


def _called(inside: Inside, who: rooms.Taking) -> str:
    names = {one.key: one.name for one in rooms.parties(inside.initiative)}
    return f"{who.user}, {names.get(who.organisation, who.organisation)}"


def _turn(turn: asking.Turn) -> dict[str, Any]:
    """One time that it was laid forward."""
    verdicts = [
        {"row": one, "decision": _(rules.DECISION_NAMES[rules.Decision(one.decision)])} for one in turn.verdicts
    ]
    names = people.actor_names({turn.submission.submitted_by})
    return {"row": turn.submission, "verdicts": verdicts, "who": names[turn.submission.submitted_by]}


@filling.fill_view
def checklist(request: HttpRequest, key: str, gate: UUID) -> HttpResponse:
    """The criteria, saved while one types."""
    inside = enter(request, key)
    one = found(inside, gate)
    around = asking.around(one, language())
    return filling.page(
        request,
        one.sheet,
        filling.Desk(
            person=inside.by,
            may_write=inside.may("write", PERMISSIONS) and around.is_preparing,
            title=_title(one),
            breadcrumbs=crumbs_of(inside, around, (_("Criteria"), "")),
            after=url_of(inside, "gate", one),
            after_label=_("Back to the gate"),
        ),
    )
