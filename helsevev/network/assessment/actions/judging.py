"""Ties and conflicts, sharing out and giving assessments: each in one transaction, with its line."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext, override

from helsevev.commons.audit.actions import record
from helsevev.commons.forms import actions as forms
from helsevev.commons.forms import queries as form_queries
from helsevev.commons.forms.models import Form, FormVersion
from helsevev.commons.people.models import Organisation, User
from helsevev.core.words import Refusal, Refused, gettext_noop
from helsevev.network.applications.models import Application, Round
from helsevev.network.applications.queries import rounds as rounds_asking
from helsevev.network.applications.rules.rounds_content import CriterionKind
from helsevev.network.applications.rules.workflow import Kind
from helsevev.network.assessment.models import (
    Assessment,
    Board,
    Declaration,
    Lift,
    Note,
    Score,
    StatedTie,
)
from helsevev.network.assessment.queries import closed, desk
from helsevev.network.assessment.rules import conflicts, questions, sharing
from helsevev.network.assessment.rules.scoring import ADVICE_NAMES, Advice

KIND, ROOM = "application", "assessment"
LANGUAGES = ("nb", "nn", "en")


class Why(StrEnum):
    """Sentences of refusals that need what the tables hold."""

    GIVEN = gettext_noop("The assessment is given. It can't be changed any more.")
    DECIDED = gettext_noop("The round is recommended or decided, so nothing more can be scored.")
    NOT_ASSIGNED = gettext_noop("This assessment isn't yours.")
    NO_ASSESSORS = gettext_noop("Nobody sits on the panel as assessor.")
    NOTHING_TO_SHARE = gettext_noop("No application waits for an assessor.")


# --- Ties and conflicts ----------------------------------------------------------------------------------------------
def state_ties(user: User, keys: list[str]) -> None:
    """Say which organisations one belongs to; those that aren't named any more are taken back."""
    with transaction.atomic():
        places = list(Organisation.objects.filter(key__in=keys))
        StatedTie.objects.filter(user=user).exclude(organisation__in=places).delete()
        for place in places:
            StatedTie.objects.get_or_create(user=user, organisation=place)
        record(str(user.key), "ties stated", "account", str(user.key), {"organisations": sorted(p.key for p in places)})


def declare(application: Application, user: User, *, conflict: bool, reason: str) -> Declaration:
    """Declare that there is, or isn't, a conflict of interest; said once, it stands until one is asked anew."""
    with transaction.atomic():
        if conflict and not reason.strip():
            raise Refused(Refusal(conflicts.Why.NEEDS_REASON))
        row, is_new = Declaration.objects.get_or_create(
            application=application, user=user, defaults={"conflict": conflict, "reason": reason.strip()}
        )
        if is_new:
            # The trail is kept for good, so the reason isn't written there.
            record(str(user.key), "declared", KIND, str(application.key), {"conflict": conflict})
    return row


def lift(application: Application, user: User, reason: str, by: str) -> Lift:
    """Find that a tie doesn't stand in the way."""
    with transaction.atomic():
        declared = Declaration.objects.filter(application=application, user=user, conflict=True).exists()
        matched = bool(closed.matches(application, user))
        stop(conflicts.refuse_lift(reason, own=str(user.key) == by, declared=declared, matched=matched))
        row, is_new = Lift.objects.get_or_create(
            application=application, user=user, defaults={"reason": reason.strip(), "by": by}
        )
        if is_new:
            record(by, "conflict lifted", KIND, str(application.key), {"person": str(user.key)})
    return row


def ask_anew(application: Application, user: User, reason: str, by: str) -> None:
    """Let a person declare once more, when they chose wrongly."""
    with transaction.atomic():
        if not reason.strip():
            raise Refused(Refusal(conflicts.Why.NEEDS_REASON))
        gone, _each = Declaration.objects.filter(application=application, user=user).delete()
        if gone:
            record(by, "asked to declare anew", KIND, str(application.key), {"person": str(user.key)})


# --- Sharing out -----------------------------------------------------------------------------------------------------
def board_of(round_: Round) -> Board:
    """The round's board, made when it is first needed and held while the transaction lasts."""
    Board.objects.get_or_create(round=round_)
    return Board.objects.select_for_update(of=("self",)).select_related("round__workflow", "form").get(round=round_)


def propose(round_: Round, wanted: int) -> tuple[sharing.Sharing, Mapping[str, Application], Mapping[str, User]]:
    """Who would assess what; changes nothing."""
    kinds = [step.code for step in rounds_asking.steps(round_).steps if step.kind is Kind.ASSESSING]
    rows = {str(one.pk): one for one in desk.listed(round_).filter(step__in=kinds)}
    people = {str(one.key): one for one in desk.assessors(round_)}
    shut = {(str(pk), key) for pk, key in closed.closed(round_, people.values())}
    given = Assessment.objects.filter(application__round=round_, user__isnull=False)
    pairs = [(str(pk), str(key)) for pk, key in given.values_list("application_id", "user__key")]
    return sharing.share(list(rows), list(people), wanted, shut, pairs), rows, people


def share_out(round_: Round, wanted: int, assess_by: date | None, by: str) -> int:
    """Share what waits out among the assessors; how many assessments were given out."""
    with transaction.atomic():
        board = board_of(round_)
        found, rows, people = propose(round_, wanted)
        if not people:
            raise Refused(Refusal(Why.NO_ASSESSORS))
        board.wanted, board.assess_by = wanted, assess_by
        board.form = board.form or _form(round_, by)
        board.save(update_fields=["wanted", "assess_by", "form"])
        seats = Assessment.objects.filter(application__round=round_).values_list("user__key", "seat")
        known = {str(key): seat for key, seat in seats}
        for one in found.shares:
            seat = known.setdefault(one.assessor, f"assessor {len(known) + 1}")
            Assessment.objects.get_or_create(
                application=rows[one.application],
                user=people[one.assessor],
                defaults={"had": one.had, "free": one.free, "assigned_by": by, "seat": seat},
            )
        detail = {"shares": len(found.shares), "wanted": wanted, "assess_by": assess_by}
        record(by, "shared out", "round", round_.code, detail)
    return len(found.shares)


def take_back(assessment: Assessment, by: str) -> None:
    """Take an assessment from somebody who hasn't given it."""
    with transaction.atomic():
        row = Assessment.objects.select_for_update().get(pk=assessment.pk)
        stop(Refusal(Why.GIVEN) if row.given_at else None)
        key, sheet = str(row.user.key) if row.user else "", row.sheet
        record(by, "assessment taken back", KIND, str(row.application.key), {"person": key})
        row.delete()
        if sheet is not None:
            # What was begun on it goes with the other discarded sheets.
            forms.discard(sheet, by)


def _form(round_: Round, by: str) -> FormVersion:
    """The form that this round is assessed by."""
    key = f"assessment-{round_.code}"
    form = Form.objects.filter(key=key).first() or forms.make(key, Form.Kind.ASSESSMENT, by)
    return forms.publish(form, questions.questionnaire(rounds_asking.criteria(round_), _words(round_)), by)


def _words(round_: Round) -> questions.Words:
    return questions.Words(
        title=in_all(gettext_noop("Assessment in round %(round)s"), {"round": round_.code}),
        scores=in_all(gettext_noop("Scores")),
        score=in_all(gettext_noop("Which level fits best?")),
        reason=in_all(gettext_noop("Why this level? The applicants may read it.")),
        last=in_all(gettext_noop("Recommendation")),
        advice=in_all(gettext_noop("What do you recommend?")),
        comment=in_all(gettext_noop("Anything else for the meeting?")),
        advices={one.value: in_all(ADVICE_NAMES[one]) for one in Advice},
    )


def in_all(text: str, values: Mapping[str, object] | None = None) -> dict[str, str]:
    """A text of the source in every language that forms have."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = gettext(text) % (values or {}) if values else gettext(text)
    return found


# --- Assessing -------------------------------------------------------------------------------------------------------
def begin(assessment: Assessment, by: str, language: str) -> Assessment:
    """Open the sheet that is scored on; asked for twice, it is opened once."""
    with transaction.atomic():
        row = (
            Assessment.objects.select_for_update(of=("self",))
            .select_related("application__round")
            .get(pk=assessment.pk)
        )
        if row.sheet_id is None:
            board = board_of(row.application.round)
            version = board.form or _form(row.application.round, by)
            row.sheet = forms.open_sheet(version, room=ROOM, subject=str(row.pk), language=language, by=by)
            row.save(update_fields=["sheet"])
    return row


def give(assessment: Assessment, by: str) -> Assessment:
    """Give the assessment: it is bound, and its scores are counted from now on. Refused while anything is missing."""
    with transaction.atomic():
        board = board_of(assessment.application.round)
        row = (
            Assessment.objects.select_for_update(of=("self",))
            .select_related("sheet__version", "user")
            .get(pk=assessment.pk)
        )
        if row.given_at is not None:
            return row
        stop(None if row.user and str(row.user.key) == by and row.sheet else Refusal(Why.NOT_ASSIGNED))
        stop(Refusal(Why.DECIDED) if board.state != "open" else None)
        assert row.sheet is not None
        bound = forms.bind(row.sheet, by)
        answers = form_queries.answers(row.sheet)
        scores, advice, comment = questions.given(answers)
        row.given_at, row.advice, row.comment = bound.bound_at, advice, comment
        row.save(update_fields=["given_at", "advice", "comment"])
        codes = {one.code: one for one in desk.criteria(board.round, CriterionKind.ASSESSED)}
        Score.objects.bulk_create(
            Score(assessment=row, criterion=codes[code], score=score, reason=reason)
            for code, (score, reason) in scores.items()
            if code in codes
        )
        record(by, "assessment given", KIND, str(assessment.application.key), {"digest": bound.digest})
    return row


def note(application: Application, text: str, by: str) -> Note:
    """Write down what was said in a meeting."""
    with transaction.atomic():
        made = Note.objects.create(application=application, text=text.strip(), by=by)
        record(by, "note written", KIND, str(application.key), {"note": made.pk})
    return made


def stop(refusal: Refusal | None) -> None:
    """Refuse, where there is a reason to."""
    if refusal is not None:
        raise Refused(refusal)
