"""Letters about a decision: made from the round's templates, changed one by one, sent once, kept as they were sent."""

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.commons.mail.actions import queue
from helsevev.core.words import Refusal, Refused
from helsevev.network.applications.models import Application, Round
from helsevev.network.applications.rules.rounds_content import MERGE_FIELDS
from helsevev.network.assessment.actions.judging import board_of
from helsevev.network.assessment.models import Letter, LetterCopy, Placement, Question
from helsevev.network.assessment.queries import letters as asking
from helsevev.network.assessment.rules import letters as rules
from helsevev.network.assessment.rules.board import State

KIND, NOTICE = "application", "decision"
KNOWN = frozenset(MERGE_FIELDS)


def make_all(round_: Round, by: str) -> int:
    """Make the letters that aren't made, all or none; how many."""
    with transaction.atomic():
        board = board_of(round_)
        if board.state not in (State.DECIDED, State.PUBLISHED):
            raise Refused(Refusal(rules.Why.NOT_DECIDED))
        rows = Placement.objects.filter(application__round=round_).select_related(
            "application__round__workflow", "application__owner", "application__sheet__version"
        )
        there = dict(Letter.objects.filter(application__round=round_).values_list("application_id", "outcome"))
        refusals: list[Refusal] = []
        made = 0
        for placement in rows.order_by("application__number"):
            if there.get(placement.application_id) == placement.outcome:
                continue
            refusals += _make(placement, by)
            made += 1
        if refusals:
            raise Refused(*refusals)
        record(by, "letters made", "round", round_.code, {"count": made})
    return made


def _make(placement: Placement, by: str) -> list[Refusal]:
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

    The mail's key is the letter's, so that whatever stops us, asking again sends nothing twice.
    """
    with transaction.atomic():
        board = board_of(round_)
        if board.state not in (State.DECIDED, State.PUBLISHED):
            raise Refused(Refusal(rules.Why.NOT_DECIDED))
        placed = Placement.objects.filter(application__round=round_).count()
        rows = list(
            Letter.objects.select_for_update(of=("self",))
            .filter(application__round=round_)
            .select_related("application__round", "application__owner")
            .order_by("application__number")
        )
        waiting = [one for one in rows if one.sent_at is None]
        refusals = [Refusal(rules.Why.NOT_ALL_MADE, {"count": placed - len(rows)})] if placed > len(rows) else []
        refusals += [refusal for one in waiting for refusal in rules.refuse_send(asking.draft(one), KNOWN)]
        if refusals:
            raise Refused(*refusals)
        for letter in waiting:
            _send(letter, by)
        if waiting:
            record(by, "letters sent", "round", round_.code, {"count": len(waiting)})
    return len(waiting)


def _send(letter: Letter, by: str) -> None:
    """Queue a copy to each who gets it, and seal what was sent."""
    for user in asking.recipients(letter.application):
        key = f"decision:{letter.application.key}:{user.pk}"
        LetterCopy.objects.get_or_create(letter=letter, user=user, defaults={"message": key})
        queue(
            key=key,
            kind=NOTICE,
            to=user.email,
            language=letter.language,
            template="assessment/decision",
            context={"subject": letter.subject, "body": letter.body},
        )
    letter.sent_at, letter.sent_by = timezone.now(), by
    letter.digest = rules.seal(letter.subject, letter.body)
    letter.save(update_fields=["sent_at", "sent_by", "digest"])
    detail = {"digest": letter.digest, "outcome": letter.outcome}
    record(by, "letter sent", KIND, str(letter.application.key), detail)


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
            return row
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
