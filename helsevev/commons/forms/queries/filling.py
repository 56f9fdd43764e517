"""Questions asked of sheets: their form, their answers, how they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from uuid import UUID

from django.utils import timezone

from helsevev.commons.forms.models import (
    ROWS_KEPT_DAYS,
    Answer,
    BoundResponse,
    Clash,
    Form,
    FormVersion,
    RemovedRow,
    Sheet,
)
from helsevev.core.faults import Faulty
from helsevev.core.questionnaire import reading
from helsevev.core.questionnaire.evaluating import Evaluation, Spot, evaluate
from helsevev.core.questionnaire.model import Item, Questionnaire, Value


@lru_cache(maxsize=64)
def _compiled(_digest: str, pk: int) -> Questionnaire:
    """A version never changes, so each process reads it once."""
    read = reading.read(FormVersion.objects.values_list("questionnaire", flat=True).get(pk=pk))
    if read.questionnaire is None:
        raise Faulty(read.faults)
    return read.questionnaire


def compiled(version: FormVersion) -> Questionnaire:
    """The version as it is worked with."""
    return _compiled(version.digest, version.pk)


def newest(key: str) -> FormVersion | None:
    """The newest published version of a form, unless the form is retired."""
    return FormVersion.objects.filter(form__key=key, form__retired_at=None).order_by("-number").first()


def version(key: str, number: int) -> FormVersion | None:
    """One version of a form."""
    return FormVersion.objects.filter(form__key=key, number=number).first()


def versions(kind: str) -> list[FormVersion]:
    """The newest version of each form of a kind that is in use, by its short name."""
    forms = Form.objects.filter(kind=kind, retired_at=None).prefetch_related("versions")
    return [found[0] for form in forms if (found := list(form.versions.all()))]


def sheet(key: str | UUID, *, room: str, subject: str = "") -> Sheet | None:
    """A sheet of the room that asks; None for any other, so that a guessed key opens nothing."""
    try:
        found = Sheet.objects.select_related("version__form").filter(key=UUID(str(key)), room=room)
    except ValueError:
        return None
    return found.filter(subject=subject).first() if subject else found.first()


def answers(sheet: Sheet) -> dict[str, Value]:
    """What stands on the sheet, by path; what was emptied isn't there."""
    found = Answer.objects.filter(sheet=sheet, value__isnull=False).values_list("path", "value")
    return dict(found)


def standing(sheet: Sheet) -> dict[str, Answer]:
    """Each place that was ever written in, with revision, who and when."""
    return {answer.path: answer for answer in Answer.objects.filter(sheet=sheet)}


def newer(sheet: Sheet, since: int) -> dict[str, Answer]:
    """What was written after a revision that somebody knows."""
    return {answer.path: answer for answer in Answer.objects.filter(sheet=sheet, revision__gt=since)}


def clashes(sheet: Sheet) -> list[Clash]:
    """Texts that stand beside others until somebody chooses."""
    return list(Clash.objects.filter(sheet=sheet))


def removed_rows(sheet: Sheet) -> list[RemovedRow]:
    """Rows that were taken away and can be brought back still."""
    return list(RemovedRow.objects.filter(sheet=sheet, at__gt=timezone.now() - timedelta(days=ROWS_KEPT_DAYS)))


def evaluation(sheet: Sheet) -> Evaluation:
    """What the answers come to."""
    return evaluate(compiled(sheet.version), answers(sheet))


def bound(sheet: Sheet) -> BoundResponse | None:
    """What was bound last."""
    return BoundResponse.objects.filter(sheet=sheet).order_by("-number").select_related("version__form").first()


@dataclass(frozen=True)
class Step:
    """One page of a form (side), and how far it has come."""

    number: int
    page: Item
    missing: int
    wrong: int
    clashes: int
    filled: int
    enabled: bool

    @property
    def state(self) -> str:
        """A word for how it stands: wrong, begun, empty or done."""
        if self.wrong or self.clashes:
            return "wrong"
        if self.missing:
            return "begun" if self.filled else "empty"
        return "done" if self.filled else "open"


@dataclass(frozen=True)
class Progress:
    """How far a sheet has come (framdrift)."""

    steps: tuple[Step, ...]

    @property
    def missing(self) -> int:
        """Places that must be filled in and aren't."""
        return sum(step.missing for step in self.steps)

    @property
    def wrong(self) -> int:
        """Places with something wrong."""
        return sum(step.wrong for step in self.steps)

    @property
    def clashes(self) -> int:
        """Places where two texts stand."""
        return sum(step.clashes for step in self.steps)

    @property
    def is_complete(self) -> bool:
        """Whether it can be bound."""
        return not (self.missing or self.wrong or self.clashes)


def progress(sheet: Sheet) -> Progress:
    """How far the sheet has come, page by page."""
    form = compiled(sheet.version)
    met = [clash.path for clash in clashes(sheet)]
    return progress_of(form, evaluation(sheet), dict.fromkeys(met, 1))


def progress_of(form: Questionnaire, found: Evaluation, clashes: Mapping[str, object]) -> Progress:
    """The same of an evaluation that is there already."""
    return Progress(
        tuple(_step(number, page, spots_on(page, found), clashes) for number, page in enumerate(form.pages(), start=1))
    )


def spots_on(page: Item, found: Evaluation) -> list[Spot]:
    """The places at the top of a page."""
    if page.link_id:
        return [spot for spot in found.top if spot.item is page]
    return [spot for spot in found.top if any(spot.item is item for item in page.items)]


def _step(number: int, page: Item, top: list[Spot], clashes: Mapping[str, object]) -> Step:
    spots = [one for spot in top for one in (spot, *spot.below()) if one.enabled]
    return Step(
        number=number,
        page=page,
        missing=sum(spot.missing for spot in spots),
        wrong=sum(spot.problem is not None and spot.counts for spot in spots),
        clashes=sum(spot.path in clashes for spot in spots),
        filled=sum(bool(spot.typed) or spot.problem is not None for spot in spots),
        enabled=bool(spots),
    )
