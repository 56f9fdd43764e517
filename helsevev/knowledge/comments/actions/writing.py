"""Writing, changing, deleting and reporting (skrive, endre, slette, melde)."""

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit import actions as audit
from helsevev.commons.files import actions as files
from helsevev.commons.people.models import User
from helsevev.core.words import Refusal, Refused
from helsevev.knowledge.comments import queries, rules
from helsevev.knowledge.comments.actions import telling
from helsevev.knowledge.comments.models import FILE_OWNER, Comment, Report
from helsevev.knowledge.comments.rules import State, Why
from helsevev.knowledge.pages.actions.remembering import forget_pages

READER = "reader"


def write(  # noqa: PLR0913 each is something that the caller must decide
    subject: queries.Subject,
    written: rules.Written,
    *,
    key: UUID,
    token: str,
    account: User | None = None,
    answers: Comment | None = None,
    upload: UploadedFile[Any] | None = None,
) -> Comment:
    """Take a comment in; `token` is its author's link. The same `key` twice is one comment.

    A file is looked into first, outside any transaction; then comment and file are kept together or not at all.
    """
    if upload is None:
        return _write(_new(subject, written, key, token, account, answers), subject.when, None)
    if queries.waiting_bytes() + (upload.size or 0) > rules.MOST_WAITING_BYTES:
        raise Refused(Refusal(Why.NO_ROOM))
    with files.arriving(upload, allowed=("pdf",)) as arrived:
        return _write(_new(subject, written, key, token, account, answers), subject.when, arrived)


def _new(
    subject: queries.Subject,
    written: rules.Written,
    key: UUID,
    token: str,
    account: User | None,
    answers: Comment | None,
) -> Comment:
    return Comment(
        key=key,
        on=subject.on,
        subject=subject.key,
        thread=answers.thread if answers else key,
        language=written.language,
        name=written.name,
        text=written.text,
        account=account,
        digest=rules.token_digest(token),
    )


@transaction.atomic
def _write(row: Comment, when: rules.When, arrived: files.Arrived | None) -> Comment:
    standing = Comment.objects.select_for_update().filter(key=row.key).first()
    if standing:
        return standing
    row.state = rules.state_of_new(when, row.text, has_file=arrived is not None)
    row.save(force_insert=True)
    by = str(row.account.key) if row.account else READER
    if arrived:
        files.keep(arrived, owner_kind=FILE_OWNER, owner_key=str(row.key), by=by)
    _record(by, "commented", row)
    _heard(row)
    return row


def _heard(row: Comment) -> None:
    """Whoever should hear of it does: of what waits those who moderate, of what is shown those it is about."""
    if row.state == State.SHOWN:
        telling.tell_shown(row)
        forget_pages()
    else:
        telling.tell_waiting()


@transaction.atomic
def change(row: Comment, written: rules.Written) -> Comment:
    """New words, within the time; what was shown after being read is read again."""
    row = Comment.objects.select_for_update().get(pk=row.pk)
    now = timezone.now()
    if not rules.may_change(row.state, row.written_at, now):
        raise Refused(Refusal(Why.NOT_NOW))
    if (row.name, row.text) == (written.name, written.text):
        return row
    row.name, row.text, row.edited_at = written.name, written.text, now
    found = queries.subject(row.on, row.subject, row.language)
    has_file = bool(queries.files([row]))
    row.state = rules.state_of_new(found.when, row.text, has_file=has_file) if found else State.WAITING
    row.save()
    _record(READER, "changed", row)
    forget_pages()
    if row.state == State.WAITING:
        telling.tell_waiting()
    return row


@transaction.atomic
def delete(row: Comment, by: str = READER) -> None:
    """Erase name, words and file; that there was a comment stays for a while, and the trail says who deleted it."""
    row = Comment.objects.select_for_update().get(pk=row.pk)
    if row.state == State.DELETED:
        return
    files.erase_all(FILE_OWNER, str(row.key), by=by)
    row.name = row.text = row.reason = ""
    row.account, row.state, row.ended_at = None, State.DELETED, timezone.now()
    row.save()
    row.reports.all().delete()
    _record(by, "deleted", row)
    forget_pages()


@transaction.atomic
def report(row: Comment, reason: str) -> None:
    """A reader finds that it shouldn't stand; those who moderate are told."""
    Report.objects.create(comment=row, reason=reason)
    _record(READER, "reported", row)
    telling.tell_waiting()


def _record(by: str, verb: str, row: Comment) -> None:
    audit.record(by, verb, "comment", str(row.key), {"on": row.on, "subject": row.subject, "state": row.state})
