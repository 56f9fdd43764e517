"""What letters are made of: values for their fields, who gets them, and how far each has come."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from helsevev.commons.files import queries as files
from helsevev.commons.files.models import StoredFile
from helsevev.commons.mail.models import Message
from helsevev.commons.people.models import User
from helsevev.core import papers
from helsevev.core.words import gettext_noop
from helsevev.network.applications.models import Application, Round
from helsevev.network.applications.queries import alike, applying
from helsevev.network.applications.queries import rounds as rounds_asking
from helsevev.network.applications.queries import rounds_showing as showing
from helsevev.network.applications.rules.rounds_content import OUTCOME_NAMES, CriterionKind, Outcome
from helsevev.network.applications.rules.workflow import Kind
from helsevev.network.assessment.models import Letter, LetterCopy, Placement, ScreeningAnswer
from helsevev.network.assessment.queries import boards, desk, scores
from helsevev.network.assessment.queries.retention import LETTER_FILES
from helsevev.network.assessment.rules import scoring
from helsevev.network.assessment.rules.letters import Draft

DELIVERY: Mapping[str, str] = {
    "queued": gettext_noop("Waits to be sent"),
    "sending": gettext_noop("Being sent"),
    "sent": gettext_noop("Sent"),
    "failed": gettext_noop("Couldn't be delivered"),
    "unknown": gettext_noop("Not known whether it arrived"),
    "kept": gettext_noop("Kept here, as no mail server is set"),
}


def decision_url(application: Application, language: str) -> str:
    """Where the applicants read the decision, and can ask about it."""
    with override(language):
        return settings.SITE_URL + reverse("assessment:decision", args=[application.key])


def values(application: Application, placement: Placement) -> Mapping[str, str]:
    """What stands for each field, in the applicant's language."""
    language, outcome = application.language, Outcome(placement.outcome)
    with override(language):
        hours = str(placement.hours) if placement.hours else "0"
        found = alike.five(application, language)
        similar = "\n".join(f"- {one.title.text} ({one.about}). {one.why}." for one in found)
        return {
            "title": application.title,
            "number": application.code,
            "organisation": application.owner.name,
            "round": showing.name(application.round),
            "outcome": _(OUTCOME_NAMES[outcome]),
            "reasons": _reasons(application, placement, language),
            "scores": _scores(application, language) or _("The application wasn't scored."),
            "hours": hours,
            "similar": similar or _("We know of no earlier project that is close to this one."),
            "contact": decision_url(application, language),
        }


def _reasons(application: Application, placement: Placement, language: str) -> str:
    """The board's reason, and what assessors wrote on each criterion."""
    parts = [placement.reason]
    every = [one for one in scores.assessments(application) if one.given_at]
    for criterion in desk.criteria(application.round, CriterionKind.ASSESSED):
        said = [s.reason for one in every for s in one.scores.all() if s.criterion_id == criterion.pk and s.reason]
        if said:
            name = desk.in_language(criterion.names, language)
            parts.append("\n".join([f"{name}:", *(f"- {text}" for text in said)]))
    against = ScreeningAnswer.objects.filter(application=application, verdict="not_met").select_related("criterion")
    parts += [f"{desk.in_language(one.criterion.names, language)}: {one.reason}" for one in against]
    return "\n\n".join(part for part in parts if part.strip())


def _scores(application: Application, language: str) -> str:
    given = scores.given([application.pk]).get(application.pk, ())
    lines = []
    for criterion in desk.criteria(application.round, CriterionKind.ASSESSED):
        found = [one[criterion.code] for one in given if criterion.code in one]
        if found:
            name, highest = (
                desk.in_language(criterion.names, language),
                max(int(one["score"]) for one in criterion.levels),
            )
            said = {"name": name, "scores": ", ".join(map(str, found)), "highest": highest, "weight": criterion.weight}
            lines.append(_("- %(name)s: %(scores)s of %(highest)s (weight %(weight)s %%)") % said)
    mean = scoring.mean(given, desk.weighed(application.round))
    if mean is not None:
        lines.append(_("- All in all: %(score)s of 100") % {"score": scores.shown(mean)})
    return "\n".join(lines)


def recipients(application: Application) -> list[User]:
    """Who gets the letter: everyone who writes the application and can be written to."""
    return applying.writers(application)


def template(round_: Round, outcome: str, language: str) -> tuple[str, str] | None:
    """Subject and body of the round's letter for one outcome in one language."""
    for one in rounds_asking.letters(round_):
        if one.outcome == outcome and one.language == language and one.body.strip():
            return one.subject, one.body
    return None


def draft(letter: Letter) -> Draft:
    """A letter as rules look at it before it is sent."""
    application = letter.application
    read = letter.read_at is not None
    return Draft(application.code, letter.subject, letter.body, letter.reason, read, len(recipients(application)))


def wanted(round_: Round) -> list[Placement]:
    """Each application that gets a letter, with what it says: the placed, and those stopped on a condition."""
    flow = rounds_asking.steps(round_)
    stopped = Application.objects.filter(
        round=round_, step__in=[one.code for one in flow.steps if one.kind is Kind.STOPPED]
    ).select_related("round__workflow", "owner")
    refused = [
        Placement(application=one, outcome=Outcome.DECLINED, reason=one.moves.filter(after=one.step).latest("at").why)
        for one in stopped
    ]
    return sorted([*boards.standing(round_), *refused], key=lambda one: one.application.number)


def newest(round_: Round) -> Mapping[int, Letter]:
    """The newest letter of each application."""
    rows = Letter.objects.filter(application__round=round_).select_related("application__round", "application__owner")
    return {one.application_id: one for one in rows.order_by("number")}


def paper(letter: Letter, at: datetime) -> bytes:
    """The letter as PDF, in its own language whoever asks; dated when it is sent."""
    with override(letter.language):
        made = papers.Letter(
            subject=letter.subject,
            sender=[_("The secretariat")],
            recipient=[letter.application.owner.name],
            date=showing.when(at),
            body=letter.body,
            reference=letter.application.code,
        )
        return papers.letter(made, papers.About(letter.language, at, _("The network"), _))


def kept_paper(letter: Letter) -> StoredFile | None:
    """The PDF as it was made when the letter was sent."""
    return files.one(letter.paper, owner_kind=LETTER_FILES, owner_key=str(letter.pk)) if letter.paper else None


def of_round(round_: Round, hidden: frozenset[int]) -> list[dict[str, Any]]:
    """Every application that gets a letter, with its letters, the newest first, and how far each has come."""
    letters: dict[int, list[dict[str, Any]]] = {}
    rows = Letter.objects.filter(application__round=round_).exclude(application_id__in=hidden).order_by("-number")
    for one in rows.prefetch_related("copies__user"):
        letters.setdefault(one.application_id, []).append({"letter": one, "copies": []})
    shown = [part for parts in letters.values() for part in parts]
    keys = [copy.message for part in shown for copy in part["letter"].copies.all()]
    states = dict(Message.objects.filter(key__in=keys).values_list("key", "state"))
    for part in shown:
        part["copies"] = [_copy(one, states.get(one.message, one.state)) for one in part["letter"].copies.all()]
    return [
        {
            "application": one.application,
            "outcome": _(OUTCOME_NAMES[Outcome(one.outcome)]),
            "letters": letters.get(one.application_id, []),
            "is_missing": not _tells(letters.get(one.application_id, []), one.outcome),
        }
        for one in wanted(round_)
        if one.application_id not in hidden
    ]


def _tells(parts: Sequence[Mapping[str, Any]], outcome: str) -> bool:
    """Whether the newest letter tells of this outcome."""
    return bool(parts) and parts[0]["letter"].outcome == outcome


def _copy(copy: LetterCopy, state: str) -> dict[str, Any]:
    return {"name": str(copy.user), "state": _(DELIVERY[state]) if state in DELIVERY else "", "code": state}
