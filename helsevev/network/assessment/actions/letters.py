"""Letters about a decision: made from the round's templates, changed one by one, sent once, kept as they were sent."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.commons.files import actions as files
from helsevev.commons.mail.actions import queue
from helsevev.commons.mail.models import Message
from helsevev.core.words import Refusal, Refused
from helsevev.network.applications.models import Application, Round
from helsevev.network.applications.rules.rounds_content import MERGE_FIELDS
from helsevev.network.assessment.actions.judging import board_of
from helsevev.network.assessment.models import Letter, LetterCopy, Placement, Question
from helsevev.network.assessment.queries import letters as asking
from helsevev.network.assessment.queries.retention import LETTER_FILES
from helsevev.network.assessment.rules import letters as rules
from helsevev.network.assessment.rules.board import State

KIND, NOTICE = "application", "decision"
KNOWN = frozenset(MERGE_FIELDS)
MOST_NOTED = 2000


def make_all(round_: Round, by: str) -> int:
    """Make the letters that aren't made, all or none; how many.

    Whoever was given a place from the reserve list after their letter was sent gets another one.
    """
    with transaction.atomic():
        board = board_of(round_)
        if board.state not in (State.DECIDED, State.PUBLISHED):
            raise Refused(Refusal(rules.Why.NOT_DECIDED))
        there = asking.newest(board.round)
        lacking = [one for one in asking.wanted(board.round) if not _is_told(there.get(one.application_id), one)]
        refusals = [refusal for one in lacking for refusal in _make(one, there.get(one.application_id), by)]
        if refusals:
            raise Refused(*refusals)
        record(by, "letters made", "round", round_.code, {"count": len(lacking)})
    return len(lacking)


def _is_told(letter: Letter | None, placement: Placement) -> bool:
    """Whether the newest letter tells of this placement."""
    return letter is not None and letter.outcome == placement.outcome


def _make(placement: Placement, before: Letter | None, by: str) -> list[Refusal]:
    """One letter, or what it lacks."""
    application = placement.application
    found = asking.template(application.round, placement.outcome, application.language)
    if found is None:
        return [Refusal(rules.Why.NO_TEMPLATE, {"number": application.code})]
    subject, body = found
    values = asking.values(application, placement)
    empty = rules.empty_fields(f"{subject}\n{body}", values)
    if empty:
        return [Refusal(rules.Why.EMPTY_FIELD, {"number": application.code, "field": name}) for name in empty]
    Letter.objects.filter(application=application, sent_at=None).delete()
    Letter.objects.create(
        application=application,
        number=before.number + (before.sent_at is not None) if before else 1,
        outcome=placement.outcome,
        language=application.language,
        subject=" ".join(rules.filled(subject, values).split())[: rules.LONGEST_SUBJECT],
        body=rules.filled(body, values).strip(),
        reason=placement.reason,
        changed_by=by,
    )
    return []


def change(letter: Letter, subject: str, body: str, by: str, seen: int) -> Letter:
    """Change a letter that isn't sent; saving it is reading it. `seen`: the revision that the page showed."""
    with transaction.atomic():
        row = Letter.objects.select_for_update(of=("self",)).select_related("application").get(pk=letter.pk)
        if row.sent_at is not None:
            raise Refused(Refusal(rules.Why.SENT))
        if row.revision != seen:
            raise Refused(Refusal(rules.Why.MEANWHILE))
        now = timezone.now()
        body = body.replace("\r\n", "\n").strip()
        if (row.subject, row.body) != (subject.strip(), body):
            row.subject, row.body, row.changed_at, row.changed_by = subject.strip(), body, now, by
        row.read_at, row.read_by, row.revision = now, by, row.revision + 1
        row.save()
        record(by, "letter read", KIND, str(row.application.key), {"revision": row.revision})
    return row


def send_all(round_: Round, by: str) -> int:
    """Send every letter that isn't sent: all in one transaction, or none and every reason at once.

    Their PDFs are made before it, as that takes time. The mail's key is the letter's, so that whatever stops us, asking
    again sends nothing twice.
    """
    now = timezone.now()
    made = {
        one.pk: (one.revision, asking.paper(one, now))
        for one in asking.newest(round_).values()
        if one.sent_at is None and one.read_at is not None
    }
    with transaction.atomic():
        board = board_of(round_)
        if board.state not in (State.DECIDED, State.PUBLISHED):
            raise Refused(Refusal(rules.Why.NOT_DECIDED))
        # Held, so that nobody changes a letter while it is sent.
        list(Letter.objects.select_for_update().filter(application__round=round_, sent_at=None))
        there = asking.newest(board.round)
        lacking = sum(not _is_told(there.get(one.application_id), one) for one in asking.wanted(board.round))
        waiting = [one for one in there.values() if one.sent_at is None]
        refusals = [Refusal(rules.Why.NOT_ALL_MADE, {"count": lacking})] if lacking else []
        refusals += [refusal for one in waiting for refusal in rules.refuse_send(asking.draft(one), KNOWN)]
        if not refusals and any(made.get(one.pk, (0,))[0] != one.revision for one in waiting):
            refusals = [Refusal(rules.Why.CHANGED_WHILE_SENT)]
        if refusals:
            raise Refused(*refusals)
        for letter in sorted(waiting, key=lambda one: one.application.number):
            _send(letter, made[letter.pk][1], now, by)
        if waiting:
            record(by, "letters sent", "round", round_.code, {"count": len(waiting)})
    return len(waiting)


def _send(letter: Letter, paper: bytes, now: datetime, by: str) -> None:
    """Queue a copy to each who gets it, keep the PDF, and seal what was sent."""
    application = letter.application
    # A letter's own key, so that the first letter and one about a place from the reserve list are two.
    about = f"decision:{application.key}" + (f":{letter.number}" if letter.number > 1 else "")
    for user in asking.recipients(application):
        key = f"{about}:{user.pk}"
        LetterCopy.objects.get_or_create(letter=letter, user=user, defaults={"message": key})
        queue(
            key=key,
            kind=NOTICE,
            to=user.email,
            language=letter.language,
            template="assessment/decision",
            context={"subject": letter.subject, "body": letter.body},
        )
    name = f"decision-{application.code}.pdf"
    file = files.store(paper, name=name, owner_kind=LETTER_FILES, owner_key=str(letter.pk), by=by)
    letter.sent_at, letter.sent_by, letter.paper = now, by, file.key
    letter.digest = rules.seal(letter.subject, letter.body)
    letter.save(update_fields=["sent_at", "sent_by", "digest", "paper"])
    detail = {"digest": letter.digest, "paper": file.digest, "outcome": letter.outcome}
    record(by, "letter sent", KIND, str(application.key), detail)


def note_delivery() -> int:
    """Write down what came of letters, before their messages are deleted (a duty of the worker); how many changed."""
    waiting = LetterCopy.objects.filter(state__in=("", "queued", "sending"))
    copies = {one.message: one for one in waiting.order_by("-pk")[:MOST_NOTED]}
    changed = 0
    for key, state in Message.objects.filter(key__in=copies).values_list("key", "state"):
        if copies[key].state != state:
            changed += LetterCopy.objects.filter(pk=copies[key].pk).update(state=state)
    return changed


def ask(application: Application, text: str, by: str) -> Question:
    """An applicant asks about the decision."""
    with transaction.atomic():
        made = Question.objects.create(application=application, text=text.strip(), by=by)
        record(by, "asked about the decision", KIND, str(application.key), {"question": made.pk})
    return made


def answer(question: Question, text: str, by: str) -> Question:
    """The secretariat answers; the applicants who write get the answer by mail."""
    with transaction.atomic():
        row = Question.objects.select_for_update(of=("self",)).select_related("application__round").get(pk=question.pk)
        if row.answered_at is not None:
            if row.answer == text.strip():
                return row
            raise Refused(Refusal(rules.Why.ANSWERED))
        row.answer, row.answered_by, row.answered_at = text.strip(), by, timezone.now()
        row.save(update_fields=["answer", "answered_by", "answered_at"])
        record(by, "answered", KIND, str(row.application.key), {"question": row.pk})
        for user in asking.recipients(row.application):
            url = asking.decision_url(row.application, user.language)
            queue(
                key=f"decision-answer:{row.pk}:{user.pk}",
                kind=NOTICE,
                to=user.email,
                language=user.language,
                template="assessment/answer",
                context={"title": row.application.title, "url": url},
            )
    return row
