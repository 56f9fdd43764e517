"""Gates: where a project stands on the Roadmap, each attempt to leave a phase, and what keeps one shut."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.utils import timezone

from helsevev.commons.files import queries as files
from helsevev.commons.files.models import StoredFile
from helsevev.commons.forms import queries as forms
from helsevev.commons.forms.models import FormVersion
from helsevev.commons.initiatives import queries as initiatives
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import User
from helsevev.core.roadmap import PHASES, Phase, in_force
from helsevev.core.sides import NEEDED
from helsevev.core.words import Refusal
from helsevev.network.guidance.queries import rooms
from helsevev.network.workspace.models import (
    Condition,
    Evidence,
    Gate,
    GateApprover,
    GateSubmission,
    GateVerdict,
)
from helsevev.network.workspace.queries import words
from helsevev.network.workspace.rules import gates as rules
from helsevev.network.workspace.rules import hurdles

OWNER = "gate"
AT_WORK = (rules.State.PREPARING, rules.State.DECIDING)


def phase_now(initiative: Initiative, day: date | None = None) -> Phase | None:
    """The phase that was entered last; a stated end of a phase doesn't take a project off the Roadmap."""
    today = day or timezone.localdate()
    moves = [one.move for one in initiatives.moves_of([initiative.pk]).get(initiative.pk, [])]
    begun = [one for one in in_force(moves) if one.starts <= today]
    return begun[-1].phase if begun else None


def of_phase(initiative: Initiative, phase: Phase) -> list[Gate]:
    """Every attempt to leave a phase, the newest first."""
    return list(Gate.objects.filter(initiative=initiative, phase=phase).select_related("sheet__version__form"))


def newest(initiative: Initiative, phase: Phase) -> Gate | None:
    """The last attempt to leave a phase."""
    return Gate.objects.filter(initiative=initiative, phase=phase).first()


def passed(initiative: Initiative, phase: Phase) -> Gate | None:
    """The newest gate out of a phase by which the project went on."""
    went = (rules.Decision.PASS, rules.Decision.CONDITIONAL)
    return Gate.objects.filter(initiative=initiative, phase=phase, decision__in=went).first()


def at_work(initiative: Initiative, phase: Phase) -> Gate | None:
    """The gate out of a phase that is being prepared or decided."""
    return Gate.objects.filter(initiative=initiative, phase=phase, state__in=AT_WORK).first()


def one(initiative: Initiative, key: UUID) -> Gate | None:
    """One gate of a project."""
    rows = Gate.objects.filter(initiative=initiative, key=key)
    return rows.select_related("initiative", "sheet__version__form").first()


def form_of(phase: Phase) -> FormVersion | None:
    """The criteria of the gate out of a phase: its own form, or the one for all phases."""
    return forms.newest(f"gate-{phase.replace('_', '-')}") or forms.newest("gate")


def hindrances(gate: Gate) -> list[Refusal]:
    """What keeps a gate shut, apart from what is missing in it: unsigned words, and what other rooms put there."""
    return between(gate.initiative, Phase(gate.phase))


def between(initiative: Initiative, leaving: Phase) -> list[Refusal]:
    """What keeps a project from leaving a phase, whether or not a gate has been opened."""
    entering = rules.following(leaving)
    if entering is None:
        return []
    own = rules.refuse_words(entering, words.signed(initiative))
    return [*own, *hurdles.refusals(initiative.key, leaving, entering)]


@dataclass(frozen=True)
class Shown:
    """Something that shows that a criterion is met, with its file if it is one."""

    row: Evidence
    criterion: str
    file: StoredFile | None


@dataclass(frozen=True)
class Turn:
    """One time a gate was laid forward, with what each decided (runde)."""

    submission: GateSubmission
    verdicts: Sequence[GateVerdict]


@dataclass(frozen=True)
class Around:
    """A gate with everything around it."""

    gate: Gate
    approvers: Sequence[GateApprover]
    evidence: Sequence[Shown]
    turns: Sequence[Turn]

    @property
    def phase(self) -> Phase:
        """The phase that it leads out of."""
        return Phase(self.gate.phase)

    @property
    def entering(self) -> Phase | None:
        """The phase that it leads to."""
        return rules.following(self.phase)

    @cached_property
    def progress(self) -> forms.Progress:
        """How far the criteria are answered."""
        return forms.progress(self.gate.sheet)

    @cached_property
    def hindrances(self) -> list[Refusal]:
        """What keeps it shut besides."""
        return hindrances(self.gate)

    @property
    def is_preparing(self) -> bool:
        """Whether it can be changed."""
        return self.gate.state == rules.State.PREPARING

    @property
    def is_deciding(self) -> bool:
        """Whether approvers may decide."""
        return self.gate.state == rules.State.DECIDING

    @property
    def current(self) -> Turn | None:
        """What lies before the approvers, or was decided on."""
        return self.turns[0] if self.turns else None

    @property
    def waiting(self) -> list[GateApprover]:
        """Who hasn't decided on what lies before them."""
        given = {(one.actor, one.organisation_id) for one in self.current.verdicts} if self.current else set()
        return [one for one in self.approvers if (_key(one), one.organisation_id) not in given]

    def mine(self, user: User) -> list[GateApprover]:
        """For which organisations this person has still to decide."""
        return [one for one in self.waiting if one.user_id == user.pk] if self.is_deciding else []


def _key(approver: GateApprover) -> str:
    return str(approver.user.key) if approver.user else ""


def around(gate: Gate, language: str) -> Around:
    """Everything about one gate."""
    approvers = list(gate.approvers.select_related("user", "organisation"))
    verdicts = GateVerdict.objects.filter(submission__gate=gate).select_related("organisation")
    by_submission: dict[int, list[GateVerdict]] = {}
    for one_ in verdicts.prefetch_related("conditions"):
        by_submission.setdefault(one_.submission_id, []).append(one_)
    submissions = gate.submissions.select_related("response__version__form")
    turns = [Turn(row, by_submission.get(row.pk, [])) for row in submissions]
    return Around(gate, approvers, shown(gate, language), turns)


def shown(gate: Gate, language: str) -> list[Shown]:
    """What shows that criteria are met."""
    names = dict(criteria(gate, language))
    kept = {one_.key: one_ for one_ in files.of_owner(OWNER, str(gate.key))}
    rows = gate.evidence.filter(removed_at=None)
    return [Shown(row, names.get(row.criterion, ""), kept.get(row.file) if row.file else None) for row in rows]


def criteria(gate: Gate, language: str) -> list[tuple[str, str]]:
    """The criteria of a gate by their link id: the pages of its form that ask whether something is in place."""
    pages = forms.compiled(gate.sheet.version).pages()
    return [(page.link_id, page.text.in_language(language)) for page in pages if page.link_id != "gate_end"]


def candidates(initiative: Initiative) -> list[rooms.Taking]:
    """Who can be named to approve: people with a role in a party on one of the two levels, by name."""
    sides = {one_.key: one_.side for one_ in rooms.parties(initiative)}
    found: dict[tuple[int, str], rooms.Taking] = {}
    for taking in rooms.people_of(initiative):
        if sides.get(taking.organisation) in NEEDED:
            found.setdefault((taking.user.pk, taking.organisation), taking)
    return sorted(found.values(), key=lambda one_: (str(one_.user), one_.organisation))


# --- What waits ------------------------------------------------------------------------------------------------------
def to_decide(user: User) -> list[GateApprover]:
    """Gates that lie before this person and that they haven't decided on."""
    rows = GateApprover.objects.filter(user=user, gate__state=rules.State.DECIDING)
    found = []
    for row in rows.select_related("gate__initiative", "organisation"):
        newest_ = row.gate.submissions.first()
        decided = newest_ and newest_.verdicts.filter(actor=str(user.key), organisation=row.organisation).exists()
        if not decided:
            found.append(row)
    return found


def open_conditions(initiatives_: Iterable[Initiative] | None = None) -> list[Condition]:
    """Terms that aren't met, of gates that were passed on them, the soonest first."""
    rows = Condition.objects.filter(met_at=None, verdict__submission__gate__decision=rules.Decision.CONDITIONAL)
    if initiatives_ is not None:
        rows = rows.filter(verdict__submission__gate__initiative__in=list(initiatives_))
    return list(rows.select_related("verdict__submission__gate__initiative").order_by("due", "pk"))


def gates_by_phase(initiative: Initiative) -> Mapping[Phase, list[Gate]]:
    """Every gate of a project, by the phase that it leads out of."""
    found: dict[Phase, list[Gate]] = {phase: [] for phase in PHASES}
    for gate in Gate.objects.filter(initiative=initiative):
        found[Phase(gate.phase)].append(gate)
    return found
