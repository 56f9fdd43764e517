"""The six phases: where the project stands, what each is for, its tasks and its gates; and the way back to a phase."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.commons.ui.forms.saying import tell
from helsevev.core.roadmap import ORDER, PHASE_NAMES, PHASES, Phase
from helsevev.core.words import Refused
from helsevev.network.workspace.actions import gates as acting
from helsevev.network.workspace.actions import moving
from helsevev.network.workspace.forms.gates import ReasonForm
from helsevev.network.workspace.models import Gate, PlanEntry
from helsevev.network.workspace.panels import pictures
from helsevev.network.workspace.queries import bank, rows
from helsevev.network.workspace.queries import gates as asking
from helsevev.network.workspace.queries import roadmap as reading
from helsevev.network.workspace.rules import gates as rules
from helsevev.network.workspace.views.door import ROADMAP, Inside, crumbs, enter, language, page, sentences, to


def phase_of(code: str) -> Phase:
    """A phase by its address."""
    try:
        return Phase(code.replace("-", "_"))
    except ValueError:
        raise Http404 from None


def address(phase: Phase) -> str:
    """A phase as addresses write it."""
    return phase.value.replace("_", "-")


@require_safe
def roadmap(request: HttpRequest, key: str) -> HttpResponse:
    """All six phases."""
    inside = enter(request, key)
    here = asking.phase_now(inside.initiative)
    gates = asking.gates_by_phase(inside.initiative)
    tasks = list(rows.standing(PlanEntry, inside.initiative))
    phases = [_card(inside, phase, here, gates[phase], tasks) for phase in PHASES]
    context = {
        "here": "roadmap",
        "phases": phases,
        "steps": [{"label": one["name"], "state": one["state"]} for one in phases],
        "is_placed": here is not None,
        "conditions": asking.open_conditions([inside.initiative]),
        "today": timezone.localdate(),
        "breadcrumbs": crumbs(inside, ROADMAP),
    }
    return page(request, "roadmap", inside, _("Roadmap"), context)


def _card(
    inside: Inside, phase: Phase, here: Phase | None, gates: list[Gate], tasks: list[PlanEntry]
) -> dict[str, Any]:
    """One phase on the overview."""
    own = [one for one in tasks if one.phase == phase]
    return {
        "name": _(PHASE_NAMES[phase]),
        "url": reverse("workspace:phase", args=[inside.initiative.key, address(phase)]),
        "state": state(phase, here),
        "purpose": reading.about(phase, language()).purpose,
        "tasks": len(own),
        "done": sum(one.done_on is not None for one in own),
        "gate": gate_line(gates[0]) if gates else "",
    }


def state(phase: Phase, here: Phase | None) -> str:
    """How a phase stands, as the component ui/steps.html says it."""
    if here is None:
        return "unknown"
    return "current" if phase is here else "done" if ORDER[phase] < ORDER[here] else "ahead"


def gate_line(gate: Gate) -> str:
    """How a gate stands, in a few words."""
    if gate.decision:
        return _(rules.DECISION_NAMES[rules.Decision(gate.decision)])
    return _(rules.STATE_NAMES[rules.State(gate.state)])


@require_safe
def phase(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """One phase."""
    inside = enter(request, key)
    return _phase_page(request, inside, phase_of(code))


def _phase_page(request: HttpRequest, inside: Inside, which: Phase, form: ReasonForm | None = None) -> HttpResponse:
    here = asking.phase_now(inside.initiative)
    gates = asking.of_phase(inside.initiative, which)
    at_work = any(one.state in asking.AT_WORK for one in gates)
    refused = rules.refuse_open(which, here, at_work)
    entries = [one for one in rows.standing(PlanEntry, inside.initiative) if one.phase == which]
    name = _(PHASE_NAMES[which])
    entering = rules.following(which)
    context = {
        "here": "roadmap",
        "phase": which,
        "code": address(which),
        "about": reading.about(which, language()),
        "tools": bank.tools(which, language()),
        "experiences": bank.experiences(which, language()),
        "state": state(which, here),
        "tasks": [pictures.told(number, one) for number, one in enumerate(entries, start=1)],
        "gates": [{"gate": one, "line": gate_line(one)} for one in gates],
        "why_not": sentences([refused]) if refused else [],
        "entering": _(PHASE_NAMES[entering]) if entering else "",
        "may_reenter": rules.refuse_reenter(which, here) is None,
        "form": form or ReasonForm(),
        "breadcrumbs": crumbs(inside, ROADMAP, (name, "")),
    }
    return page(request, "phase", inside, name, context, 422 if form and form.errors else 200)


@require_POST
def open_gate(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Begin to prepare the gate out of a phase."""
    inside = enter(request, key, "run_gate")
    which = phase_of(code)
    try:
        made = acting.open_gate(inside.initiative, which, inside.by, language())
    except Refused as refused:
        tell(request, refused)
        return to(inside, "phase", address(which))
    messages.success(request, _("The gate is opened. Answer the criteria, show what they rest on, and name approvers."))
    return to(inside, "gate", made.key)


@require_http_methods(["POST"])
def reenter(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Go back to a phase."""
    inside = enter(request, key, "run_gate")
    which = phase_of(code)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _phase_page(request, inside, which, form)
    try:
        moving.reenter(inside.initiative, which, timezone.localdate(), inside.by, form.cleaned_data["reason"])
    except Refused as refused:
        tell(request, refused)
    else:
        messages.success(request, _("The project is in this phase again. What was decided before is kept."))
    return to(inside, "phase", address(which))
