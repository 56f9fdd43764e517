"""Sending in: the server's clock decides, what was said then is bound and sealed, and all who wrote get a receipt.

All of it happens in one transaction: a machine that stops leaves an application that was sent in whole, or not at all.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from helsevev.commons.audit.actions import record
from helsevev.commons.files import actions as keeping
from helsevev.commons.files import queries as files
from helsevev.commons.files.models import StoredFile
from helsevev.commons.forms import actions as forms
from helsevev.commons.forms.models import BoundResponse
from helsevev.commons.mail.actions import queue
from helsevev.core.words import Refusal, Refused
from helsevev.network.applications.actions.applying import follow_title
from helsevev.network.applications.actions.applying_moving import KIND, locked, write_move
from helsevev.network.applications.models import Application, Submission
from helsevev.network.applications.queries import applying as asking
from helsevev.network.applications.queries import rounds as rounds_asking
from helsevev.network.applications.rules import applying as rules
from helsevev.network.applications.rules.workflow import Kind


@dataclass(frozen=True)
class Seen:
    """What the sender's page showed: the sheet's revision, the form's version, and how often it was sent before."""

    revision: int
    version: int
    sent: int


def submit(application: Application, by: str, seen: Seen, now: datetime) -> Submission:
    """Send in what stands on the sheet. `now` is when the request reached the server.

    The same page sent twice, as by a double click, is sent once.
    """
    with transaction.atomic():
        row = locked(application)
        last = row.submissions.first()
        if last is not None and last.number == seen.sent + 1 and row.sheet.state == "bound":
            return last
        refusals = rules.refuse_submit(
            asking.kind(row),
            asking.call(row.round),
            asking.partners(row),
            asking.filled(row, seen.revision, seen.version),
            now,
        )
        if refusals:
            raise Refused(*refusals)
        follow_title(row)
        bound = forms.bind(row.sheet, by, now=now)
        made = _write(row, bound, by, (last.number if last else 0) + 1, now)
        _receive(row, by, now)
        _let_go(row, by)
        record(by, "sent in", KIND, str(row.key), {"number": made.number, "digest": made.digest, "late": made.by_grace})
        _tell(row, made)
    return made


def _write(row: Application, bound: BoundResponse, by: str, number: int, now: datetime) -> Submission:
    attachments = [
        {"key": str(one.key), "name": one.name, "size": one.size, "digest": one.digest, "sent_digest": one.sent_digest}
        for one in asking.attached(row)
    ]
    partners = [
        {
            "key": one.organisation.key,
            "name": one.organisation.name,
            "side": asking.side_of(one).value,
            "confirmed_at": one.confirmed_at.isoformat() if one.confirmed_at else "",
            "confirmed_by": one.confirmed_by,
        }
        for one in row.partners.select_related("organisation")
    ]
    sealed = {
        "application": row.code,
        "number": number,
        "title": row.title,
        "sent_at": now.isoformat(),
        "response": bound.digest,
        "attachments": attachments,
        "partners": partners,
    }
    return Submission.objects.create(
        application=row,
        number=number,
        response=bound,
        title=row.title,
        attachments=attachments,
        partners=partners,
        digest=seal(sealed),
        by_grace=rules.is_late(asking.call(row.round), now),
        sent_at=now,
        sent_by=by,
    )


def _let_go(row: Application, by: str) -> None:
    """Files that were taken away go now, as nothing that stands holds them any more."""
    for one in files.of_owner(KIND, str(row.key)):
        if str(one.key) in row.detached:
            keeping.withdraw(one, by=by)
    row.detached = []
    row.save(update_fields=["detached"])


def detach(application: Application, file: StoredFile, by: str, now: datetime) -> None:
    """Take a file away. One that was sent in stays with what was sent, until the application is sent anew."""
    with transaction.atomic():
        row = locked(application)
        refusal = asking.refuse_edit(row, now)
        if refusal is not None:
            raise Refused(refusal)
        if not asking.is_sent_in(row, file):
            keeping.withdraw(file, by=by)
        elif str(file.key) not in row.detached:
            row.detached = [*row.detached, str(file.key)]
            row.save(update_fields=["detached"])
            record(by, "file taken away", KIND, str(row.key), {"file": str(file.key)})


def seal(content: Mapping[str, Any]) -> str:
    """What stands on the receipt: anyone who has the same content can make it again."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _receive(row: Application, by: str, now: datetime) -> None:
    row.first_sent_at, row.last_sent_at = row.first_sent_at or now, now
    row.save(update_fields=["first_sent_at", "last_sent_at"])
    received = rounds_asking.steps(row.round).first(Kind.RECEIVED).code
    if row.step != received:
        write_move(row, received, by, "", now)


def _tell(row: Application, made: Submission) -> None:
    """A receipt to each who writes, in their own language; one letter for each sending in."""
    for user in asking.writers(row):
        with override(user.language):
            url = settings.SITE_URL + reverse("applications:receipt", args=[row.key, made.number])
        queue(
            key=f"receipt:{row.key}:{made.number}:{user.pk}",
            kind="receipt",
            to=user.email,
            language=user.language,
            template="applications/receipt",
            context={"submission": made, "application": row, "round": row.round, "url": url},
        )


def reopen(application: Application, by: str, now: datetime) -> Application:
    """Change what was sent in, until the deadline. What was sent stands until it is sent anew."""
    with transaction.atomic():
        row = locked(application)
        refusal = asking.refuse_write(row, now)
        if refusal is not None:
            raise Refused(refusal)
        if row.sheet.state == "bound":
            forms.reopen(row.sheet, by)
            record(by, "reopened", KIND, str(row.key))
    return row


def withdraw(application: Application, by: str, why: str, now: datetime) -> Application:
    """Withdraw an application: it isn't assessed. Until the deadline it can be taken up again."""
    with transaction.atomic():
        row = locked(application)
        refusal = rules.refuse_withdraw(asking.kind(row), why)
        if refusal is not None:
            raise Refused(refusal)
        write_move(row, rounds_asking.steps(row.round).first(Kind.WITHDRAWN).code, by, why.strip(), now)
    return row


def take_up(application: Application, by: str, now: datetime) -> Application:
    """Take a withdrawn application up again, while the call takes applications; it must be sent anew."""
    with transaction.atomic():
        row = locked(application)
        refusal = rules.refuse_time(asking.call(row.round), now)
        if refusal is not None or asking.kind(row) is not Kind.WITHDRAWN:
            raise Refused(refusal or Refusal(rules.Why.NOT_WRITING))
        if row.sheet.state == "bound":
            forms.reopen(row.sheet, by)
        write_move(row, rounds_asking.steps(row.round).first(Kind.WRITING).code, by, "", now)
    return row
