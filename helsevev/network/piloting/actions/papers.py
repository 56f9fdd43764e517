"""Papers that parties sign: saving the draft, laying it forward, signing it, and taking a consent back.

Every one of them locks the paper first, so that nobody signs a text while it is being changed.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit import actions as audit
from helsevev.commons.people.models import Organisation, User
from helsevev.core.words import Refusal, Refused
from helsevev.network.guidance.queries import rooms
from helsevev.network.piloting.actions import telling
from helsevev.network.piloting.models import (
    Paper,
    PaperSignature,
    PaperStep,
    PaperVersion,
    SignatureWithdrawal,
)
from helsevev.network.piloting.queries import papers as asking
from helsevev.network.piloting.rules import signing
from helsevev.network.piloting.rules.signing import Standing, Step, Why

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Sort:
    """What one kind of paper has of its own (dokumentslag): where it stands, what it lacks, what follows."""

    page: str
    edit: str
    refuse: Callable[[Paper, Content], list[Refusal]]
    agreed: Callable[[Paper, PaperVersion, str], None]
    withdrawn: Callable[[Paper, PaperVersion, str], None] | None = None


SORTS: dict[str, Sort] = {}


def place(paper: Paper) -> tuple[object, ...]:
    """The name and arguments of the page where a paper stands."""
    name = SORTS[paper.kind].page
    return (name, paper.initiative.key, paper.pilot.number) if paper.pilot else (name, paper.initiative.key)


def subject(paper: Paper) -> dict[str, object]:
    """What letters call it."""
    return {"title": paper.initiative.title, "kind": paper.kind}


def whole(paper: Paper) -> dict[str, Any]:
    """The draft as it would be laid forward: with what it is, whose it is, and who signs."""
    found = {
        **paper.content,
        "kind": paper.kind,
        "initiative": paper.initiative.key,
        "initiative_title": paper.initiative.title,
        "parties": [{"key": one.key, "name": one.name} for one in rooms.parties(paper.initiative)],
    }
    if paper.pilot:
        found["pilot"] = paper.pilot.number
    return found


def _locked(paper: Paper) -> Paper:
    return Paper.objects.select_for_update(of=("self",)).select_related("initiative", "pilot").get(pk=paper.pk)


@transaction.atomic
def save(paper: Paper, content: Content, seen: int, by: str) -> Paper:
    """Change the draft. A text that waits for signatures is void from then on, and everyone is told."""
    row = _locked(paper)
    if dict(content) == row.content:
        return row
    if seen != row.revision:
        raise Refused(Refusal(Why.CHANGED))
    row.content, row.revision = dict(content), row.revision + 1
    row.changed_at, row.changed_by = timezone.now(), by
    row.save(update_fields=["content", "revision", "changed_at", "changed_by"])
    audit.record(by, "saved", row.kind, str(row.key), {"revision": row.revision})
    if (waiting := asking.waiting_text(row)) and signing.digest(whole(row)) != waiting.row.digest:
        _void(row, waiting, by)
    return row


def _void(paper: Paper, waiting: asking.Laid, by: str) -> None:
    PaperStep.objects.create(version=waiting.row, step=Step.VOIDED, by=by)
    audit.record(by, "voided", paper.kind, f"{paper.key}/{waiting.row.number}", {"signatures": len(waiting.signatures)})
    signers = telling.by_keys(one.actor for one in waiting.signatures.values())
    told = [*telling.of_parties(paper.initiative), *telling.advisors(paper.initiative), *signers]
    telling.tell(told, f"paper-void:{waiting.row.pk}", "void", place(paper), subject(paper))


@transaction.atomic
def offer(paper: Paper, seen: int, by: str) -> PaperVersion:
    """Lay the draft before the parties, whole and unchangeable."""
    row = _locked(paper)
    if seen != row.revision:
        raise Refused(Refusal(Why.CHANGED))
    content = whole(row)
    digest = signing.digest(content)
    last = asking.newest(row)
    if last and last.row.digest == digest and last.standing in (Standing.OPEN, Standing.AGREED):
        raise Refused(Refusal(Why.OPEN_ALREADY if last.is_open else Why.SAME))
    faults = SORTS[row.kind].refuse(row, content)
    if len(content["parties"]) < 2:
        faults.append(Refusal(Why.NO_PARTIES))
    if faults:
        raise Refused(*faults)
    if last and last.is_open:
        _void(row, last, by)
    made = PaperVersion.objects.create(
        paper=row, number=last.row.number + 1 if last else 1, content=content, digest=digest, offered_by=by
    )
    audit.record(by, "offered", row.kind, f"{row.key}/{made.number}", {"digest": digest})
    telling.tell(telling.of_parties(row.initiative), f"paper-sign:{made.pk}", "sign", place(row), subject(row))
    return made


@transaction.atomic
def sign(version: PaperVersion, organisation: Organisation, user: User, shown: str, signs_for: Collection[str]) -> bool:
    """Sign for a party exactly the text that was shown; the same press twice signs once. Whether all have signed."""
    row = _locked(version.paper)
    now = asking.laid(version)
    party = signing.Party(organisation.key, organisation.name)
    if now.is_agreed and shown == now.row.digest and organisation.key in now.signatures:
        return True
    if why := signing.refuse_sign(shown, (now.row.digest, now.standing), party, now.parties, signs_for):
        raise Refused(why)
    by = str(user.key)
    if organisation.key not in now.signatures:
        PaperSignature.objects.create(
            version=version, organisation=organisation, actor=by, name=user.name or user.email, digest=shown
        )
        detail = {"organisation": organisation.key, "digest": shown}
        audit.record(by, "signed", row.kind, f"{row.key}/{version.number}", detail)
    signed = {*now.signatures, organisation.key}
    if not signing.all_signed(now.parties, signed):
        return False
    PaperStep.objects.create(version=version, step=Step.AGREED, by=by)
    audit.record(by, "agreed", row.kind, f"{row.key}/{version.number}", {"digest": shown})
    SORTS[row.kind].agreed(row, version, by)
    told = [*telling.of_parties(row.initiative), *telling.advisors(row.initiative)]
    telling.tell(told, f"paper-agreed:{version.pk}", "agreed", place(row), subject(row))
    return True


@transaction.atomic
def withdraw(
    version: PaperVersion, organisation: Organisation, user: User, why: str, signs_for: Collection[str]
) -> None:
    """Take a party's consent back: what it consented to isn't shown to others any more."""
    row = _locked(version.paper)
    now = asking.laid(version)
    signature = now.signatures.get(organisation.key)
    if organisation.key not in signs_for:
        raise Refused(Refusal(Why.NOT_YOURS, {"name": organisation.name}))
    if signature is None:
        raise Refused(Refusal(Why.NOT_CONSENTED, {"name": organisation.name}))
    if not why.strip():
        raise Refused(Refusal(Why.REASON))
    by = str(user.key)
    SignatureWithdrawal.objects.create(signature=signature, actor=by, name=user.name or user.email, why=why.strip())
    if now.standing is not Standing.WITHDRAWN:
        PaperStep.objects.create(version=version, step=Step.WITHDRAWN, why=why.strip(), by=by)
    detail = {"organisation": organisation.key, "why": why.strip()}
    audit.record(by, "withdrew", row.kind, f"{row.key}/{version.number}", detail)
    if follow := SORTS[row.kind].withdrawn:
        follow(row, version, by)
    told = [*telling.of_parties(row.initiative), *telling.advisors(row.initiative)]
    telling.tell(told, f"paper-withdrawn:{version.pk}:{organisation.key}", "withdrawn", place(row), subject(row))
