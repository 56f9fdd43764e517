"""Moves along the Roadmap, written the one way in which a project changes."""

from datetime import date

from django.db import transaction

from helsevev.commons.audit import actions as audit
from helsevev.commons.initiatives.models import Initiative
from helsevev.core.roadmap import Phase
from helsevev.core.words import Refused
from helsevev.network.portfolio import actions as portfolio
from helsevev.network.portfolio import queries as projects
from helsevev.network.portfolio.models import Project
from helsevev.network.workspace.queries import gates
from helsevev.network.workspace.rules.gates import refuse_reenter


def move(initiative: Initiative, phase: Phase, on: date, by: str, note: str) -> None:
    """The project enters a phase. What was stated of earlier phases stands."""
    project = Project.objects.get(initiative=initiative)
    document = projects.document(initiative.key) or {}
    entered = {"phase": phase.value, "on": on.isoformat(), "how": "actual", "note": note}
    portfolio.change(project, {"phases": [*(document.get("phases") or []), entered]}, by, note=note)


@transaction.atomic
def reenter(initiative: Initiative, phase: Phase, on: date, by: str, reason: str) -> None:
    """Go back to a phase that lies behind; its gate is opened anew when the work is done."""
    if refusal := refuse_reenter(phase, gates.phase_now(initiative)):
        raise Refused(refusal)
    audit.record(by, "entered again", "phase", f"{initiative.key}/{phase}", {"reason": reason})
    move(initiative, phase, on, by, reason)
