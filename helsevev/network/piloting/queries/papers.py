"""Texts that are laid before the parties: where each stands, and who has signed it."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet

from helsevev.commons.initiatives.models import Initiative
from helsevev.network.piloting.models import Paper, PaperSignature, PaperStep, PaperVersion
from helsevev.network.piloting.rules import protocol, signing
from helsevev.network.piloting.rules.signing import Party, Standing


@dataclass(frozen=True)
class Laid:
    """A text laid forward (fremlagt): the row, its steps, and the signatures that stand."""

    row: PaperVersion
    steps: tuple[PaperStep, ...]
    signatures: dict[str, PaperSignature]
    withdrawn: dict[str, PaperSignature]

    @property
    def content(self) -> dict[str, Any]:
        """What it says."""
        return dict(self.row.content)

    @property
    def standing(self) -> Standing:
        """Where it stands."""
        return signing.standing(one.step for one in self.steps)

    @property
    def standing_name(self) -> str:
        """That in words, for the page to translate."""
        return signing.STANDING_NAMES[self.standing]

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        """Who must sign."""
        return signing.parties(self.row.content)

    @property
    def missing(self) -> list[Party]:
        """Who hasn't."""
        return [one for one in self.parties if one.key not in self.signatures]

    @property
    def is_open(self) -> bool:
        """Whether it waits for signatures."""
        return self.standing is Standing.OPEN

    @property
    def is_agreed(self) -> bool:
        """Whether all have signed."""
        return self.standing is Standing.AGREED

    @property
    def lines(self) -> list[dict[str, object]]:
        """Each party with its signature, or with the one it took back."""
        return [
            {"party": one, "signed": self.signatures.get(one.key), "withdrawn": self.withdrawn.get(one.key)}
            for one in self.parties
        ]

    @property
    def agreed_at(self) -> datetime | None:
        """When the last party signed."""
        return next((one.at for one in self.steps if one.step == signing.Step.AGREED), None)


def _rows(versions: QuerySet[PaperVersion]) -> QuerySet[PaperVersion]:
    signatures = PaperSignature.objects.select_related("organisation", "withdrawal")
    return versions.prefetch_related("steps", Prefetch("signatures", signatures))


def _laid(row: PaperVersion) -> Laid:
    signed: dict[str, PaperSignature] = {}
    withdrawn: dict[str, PaperSignature] = {}
    for one in row.signatures.all():
        (withdrawn if hasattr(one, "withdrawal") else signed)[one.organisation.key] = one
    return Laid(row, tuple(row.steps.all()), signed, withdrawn)


def history(paper: Paper) -> list[Laid]:
    """Every text that was laid forward, newest first."""
    return [_laid(row) for row in _rows(PaperVersion.objects.filter(paper=paper).order_by("-number"))]


def laid(row: PaperVersion) -> Laid:
    """One text, as it stands now."""
    return _laid(_rows(PaperVersion.objects.filter(pk=row.pk)).get())


def version(paper: Paper, number: int) -> Laid | None:
    """One of a paper's texts."""
    row = _rows(PaperVersion.objects.filter(paper=paper, number=number)).first()
    return None if row is None else _laid(row)


def newest(paper: Paper) -> Laid | None:
    """The last text that was laid forward."""
    row = _rows(PaperVersion.objects.filter(paper=paper).order_by("-number")).first()
    return None if row is None else _laid(row)


def waiting_text(paper: Paper) -> Laid | None:
    """The text that waits for signatures."""
    found = newest(paper)
    return found if found and found.is_open else None


def agreed(paper: Paper) -> list[Laid]:
    """Texts that all have signed and nobody has withdrawn, oldest first."""
    return [one for one in reversed(history(paper)) if one.is_agreed]


def in_force(texts: list[Laid], day: date) -> Laid | None:
    """The protocol that counts on a day; before an amendment counts, the one before it does."""
    found = None
    for one in texts:
        counts_from = protocol.day(one.row.content.get("counts_from"))
        if found is None or counts_from is None or counts_from <= day:
            found = one
    return found


def experience(initiative: Initiative) -> Paper | None:
    """The experience that a project tells, if it has begun to."""
    return Paper.objects.filter(initiative=initiative, kind=Paper.Kind.EXPERIENCE).first()
