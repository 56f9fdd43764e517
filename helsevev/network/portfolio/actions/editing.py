"""What a person saves from the form: once, however often it is sent, and with the reasons for withdrawn moves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from helsevev.commons.initiatives import actions as initiatives
from helsevev.commons.people.models import User
from helsevev.core.faults import Fault, Faulty, quoted
from helsevev.core.words import Refusal, Refused
from helsevev.network.portfolio import rules
from helsevev.network.portfolio.actions.changing import change, undo
from helsevev.network.portfolio.models import Draft, Project, Revision, Sent
from helsevev.network.portfolio.rules.settling import Why


@dataclass(frozen=True)
class Sending:
    """A page that someone sends (innsending): who, the page's own token, and the version it was made from."""

    user: User
    token: UUID
    project: Project | None
    base: int = 0

    @property
    def actor(self) -> str:
        """How history and trail name the person."""
        return str(self.user.key)


@dataclass(frozen=True)
class Saved:
    """What came of it (lagret): the project, and whether this page changed it."""

    project: Project
    changed: bool


@dataclass(frozen=True)
class Wanted:
    """What the person wants changed (ønsket): fields in the shape of the file, and why moves are withdrawn."""

    changes: Mapping[str, Any]
    reasons: Mapping[int, str] = field(default_factory=dict)
    shown_moves: tuple[Mapping[str, Any], ...] = ()
    note: str = ""


def sent(token: UUID, user: User) -> Project | None:
    """The project that this very page was already saved to."""
    row = Sent.objects.select_related("project__initiative").filter(token=token, user=user).first()
    return row.project if row else None


def save(sending: Sending, wanted: Wanted) -> Saved:
    """Save, and let the draft go. A page that was saved before is answered as it was then, and changes nothing."""
    if before := sent(sending.token, sending.user):
        return Saved(before, changed=True)
    try:
        with transaction.atomic():
            return _save(sending, wanted)
    except (Refused, IntegrityError) as error:
        # The same page may have been saved by its twin while this one waited.
        if before := sent(sending.token, sending.user):
            return Saved(before, changed=True)
        if isinstance(error, IntegrityError) and sending.project is None:
            taken = Refusal(Why.ID_TAKEN, {"value": quoted(wanted.changes.get("id", ""))})
            raise Faulty([Fault("id", taken)]) from error
        raise


def _save(sending: Sending, wanted: Wanted) -> Saved:
    """One transaction: the change, the reasons, the mark that this page is saved, and no draft any more."""
    base = sending.base if sending.project else None
    revision = change(sending.project, wanted.changes, sending.actor, base_version=base, note=wanted.note)
    project = revision.project if revision else sending.project
    assert project is not None  # a new project always makes a revision
    reasons = {
        rules.stated_move(wanted.shown_moves[number]): why
        for number, why in wanted.reasons.items()
        if number < len(wanted.shown_moves)
    }
    if reasons:
        initiatives.explain_withdrawn(project.pk, reasons, sending.actor)
    Sent.objects.create(token=sending.token, user=sending.user, project=project)
    Draft.objects.filter(user=sending.user, project=sending.project).delete()
    return Saved(project, changed=revision is not None)


@transaction.atomic
def undo_once(sending: Sending, revision: Revision) -> bool:
    """Take one change back, once for each page that asks it; whether this sending did it."""
    if sent(sending.token, sending.user):
        return False
    done = undo(revision, sending.actor)
    Sent.objects.create(token=sending.token, user=sending.user, project=revision.project)
    return done is not None
