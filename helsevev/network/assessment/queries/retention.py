"""What goes of each round, when and how much (oppbevaring); and what is counted of it, which stays."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from helsevev.commons.files.models import StoredFile
from helsevev.commons.initiatives.models import Lineage
from helsevev.network.applications.models import Application, Author, PanelMember, Round
from helsevev.network.applications.queries import rounds as rounds_asking
from helsevev.network.applications.rules.rounds import State
from helsevev.network.applications.rules.workflow import Kind
from helsevev.network.assessment.models import (
    Assessment,
    Declaration,
    KeptFigures,
    KeptScore,
    Letter,
    Lift,
    Note,
    Placement,
    Question,
    Score,
    ScreeningAnswer,
)
from helsevev.network.assessment.queries import boards
from helsevev.network.assessment.rules import board as board_rules
from helsevev.network.assessment.rules import retention as rules
from helsevev.network.assessment.rules.retention import Figure, Going, Stage

APPLICATION_FILES, LETTER_FILES = "application", "application letter"


# --- What goes -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Line:
    """One stage of one round: when it falls due, when the worker does it, and what goes."""

    round: Round
    stage: Stage
    due: datetime
    going: tuple[Going, ...]

    @property
    def done_by(self) -> datetime:
        """When the worker does it, if nobody has."""
        return self.due + rules.SHOWN

    @property
    def count(self) -> int:
        """How many rows in all."""
        return sum(one.count for one in self.going)

    @property
    def mark(self) -> str:
        """What tells whether it is as a page showed it."""
        return ".".join(str(one.count) for one in self.going)


def lines(until: datetime | None = None) -> list[Line]:
    """Every stage that has something left to go, due at `until` where that is said; what falls due first in front."""
    done = set(KeptFigures.objects.filter(done_at__isnull=False).values_list("round_id", "stage"))
    found = [
        line
        for round_ in Round.objects.exclude(state=State.DRAFT)
        for stage in Stage
        if (round_.pk, stage.value) not in done and (line := one_line(round_, stage, until)) is not None
    ]
    return sorted(found, key=lambda one: (one.due, one.round.pk, one.stage))


def one_line(round_: Round, stage: Stage, until: datetime | None = None) -> Line | None:
    """One stage of a round, if anything is left of it; nothing is counted of what isn't due at `until`."""
    due = rules.due(stage, State(round_.state), round_.times, round_.decided_at)
    if due is None or (until is not None and due > until):
        return None
    parts = tuple(going(round_, stage))
    return Line(round_, stage, due, parts) if any(one.count for one in parts) else None


def leaving(round_: Round, stage: Stage) -> QuerySet[Application]:
    """The applications that go with a stage; with the last, all that are left."""
    rows = Application.objects.filter(round=round_)
    if stage is Stage.PERSONS:
        return rows.none()
    return rows.filter(first_sent_at=None) if stage is Stage.DRAFTS else rows


def going(round_: Round, stage: Stage) -> list[Going]:
    """What goes, in the order in which it is told."""
    if stage is Stage.PERSONS:
        return _persons(round_)
    applications = leaving(round_, stage)
    keys = [str(key) for key in applications.values_list("key", flat=True)]
    counts: list[tuple[str, int]] = [("applications", len(keys)), ("files", _files(APPLICATION_FILES, keys))]
    authors = Author.objects.filter(application__in=applications)
    counts.append(("writers", authors.count()))
    if stage is Stage.APPLICATIONS:
        letters = Letter.objects.filter(application__in=applications)
        counts += [
            ("screening", ScreeningAnswer.objects.filter(application__in=applications).count()),
            ("assessments", Assessment.objects.filter(application__in=applications).count()),
            ("scores", Score.objects.filter(assessment__application__in=applications).count()),
            ("notes", Note.objects.filter(application__in=applications).count()),
            ("letters", letters.count()),
            ("questions", Question.objects.filter(application__in=applications).count()),
            ("declarations", Declaration.objects.filter(application__in=applications).count()),
        ]
    return [Going(what, count) for what, count in counts]


def _persons(round_: Round) -> list[Going]:
    assessments = Assessment.objects.filter(application__round=round_)
    declared = Declaration.objects.filter(application__round=round_)
    return [
        Going("assessors", assessments.exclude(user=None, assigned_by="").count()),
        Going("sheets", assessments.filter(sheet__isnull=False).count()),
        Going("declarations", declared.filter(conflict=False).count()),
        Going("reasons", declared.filter(conflict=True).exclude(reason="").count()),
        Going("lifts", Lift.objects.filter(application__round=round_).count()),
        Going("panel", PanelMember.objects.filter(round=round_).count()),
    ]


def _files(kind: str, keys: Iterable[str | UUID]) -> int:
    wanted = [str(key) for key in keys]
    rows = StoredFile.objects.filter(owner_kind=kind, owner_key__in=wanted)
    return rows.exclude(state=StoredFile.State.ERASED).count()


# --- What stays ------------------------------------------------------------------------------------------------------
def figures(round_: Round) -> list[Figure]:
    """What was counted of a round: what was kept where its rows are gone, and what the rows say where they aren't."""
    kept = {one.stage: one.figures for one in KeptFigures.objects.filter(round=round_)}
    return [
        figure
        for stage in Stage
        for figure in ([Figure(*one) for one in kept[stage]] if stage in kept else counted(round_, stage))
    ]


def counted(round_: Round, stage: Stage) -> list[Figure]:
    """What the rows of a stage say now."""
    match stage:
        case Stage.DRAFTS:
            never = Application.objects.filter(round=round_, first_sent_at=None).count()
            return [Figure("applications", "never_sent", never)]
        case Stage.PERSONS:
            given = Assessment.objects.filter(application__round=round_, given_at__isnull=False)
            recused = Declaration.objects.filter(application__round=round_, conflict=True)
            return [
                Figure("assessors", "who_gave", given.exclude(seat="").values("seat").distinct().count()),
                Figure("assessors", "recused", recused.count()),
            ]
        case Stage.APPLICATIONS:
            return [*_sent(round_), *_decided(round_)]


def _sent(round_: Round) -> list[Figure]:
    """What came in, and what became of it before anyone decided."""
    kinds = {step.code: step.kind for step in rounds_asking.steps(round_).steps}
    rows = Application.objects.filter(round=round_, first_sent_at__isnull=False)
    steps = Counter(kinds[code] for code in rows.values_list("step", flat=True) if code in kinds)
    renewed = rows.filter(origins__kind=Lineage.Kind.CONTINUES).distinct().count()
    late = rows.filter(submissions__by_grace=True).distinct().count()
    return [
        Figure("applications", "sent", rows.count()),
        Figure("applications", "withdrawn", steps[Kind.WITHDRAWN]),
        Figure("applications", "stopped", steps[Kind.STOPPED]),
        Figure("applications", "by_grace", late),
        Figure("applications", "renewed", renewed),
    ]


def _decided(round_: Round) -> list[Figure]:
    """What was given to how many, how it fell, and how much was scored."""
    placed = list(Placement.objects.filter(application__round=round_, given_up_at=None))
    outcomes = Counter(one.outcome for one in placed)
    found = [Figure("outcome", outcome, count) for outcome, count in sorted(outcomes.items())]
    found.append(Figure("hours", "given", sum(one.hours for one in placed)))
    given_up = Placement.objects.filter(application__round=round_, given_up_at__isnull=False).count()
    found.append(Figure("outcome", "given_up", given_up))
    given = Assessment.objects.filter(application__round=round_, given_at__isnull=False)
    found.append(Figure("assessments", "given", given.count()))
    shown = boards.shown(round_, frozenset())
    for one in board_rules.balance((row.traits, row.placed) for row in shown.rows):
        found.append(Figure(f"applied:{one.trait}", one.value, one.applied))
        found.append(Figure(f"supported:{one.trait}", one.value, one.supported))
    return found


def scores_of(round_: Round) -> list[tuple[int, int, str, int]]:
    """Every score of given assessments as (application, assessor, criterion, score), in whatever order."""
    rows = Score.objects.filter(assessment__application__round=round_, assessment__given_at__isnull=False)
    fields = ("assessment__application_id", "assessment__seat", "criterion__code", "score")
    found = list(rows.values_list("assessment_id", *fields))
    # An assessor's number is one for the round; an assessment without a seat stands for itself.
    seats = {seat or f"#{pk}": 0 for pk, _one, seat, _code, _score in found}
    numbers = {seat: number for number, seat in enumerate(seats)}
    return [(one, numbers[seat or f"#{pk}"], code, score) for pk, one, seat, code, score in found]


def kept_units(round_: Round) -> dict[str, list[list[int]]]:
    """Kept scores by criterion, one list for each application: what agreement is computed from."""
    found: dict[str, dict[int, list[int]]] = {}
    for unit, code, score in KeptScore.objects.filter(round=round_).values_list("unit", "criterion", "score"):
        found.setdefault(code, {}).setdefault(unit, []).append(score)
    return {code: list(units.values()) for code, units in found.items()}


def is_gone(round_: Round) -> bool:
    """Whether a round's applications were deleted because their time was over."""
    return KeptFigures.objects.filter(round=round_, stage=Stage.APPLICATIONS).exists()
