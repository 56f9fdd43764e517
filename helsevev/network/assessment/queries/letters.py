"""What letters are made of: values for their fields, who gets them, and how far each has come."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from helsevev.commons.mail.models import Message
from helsevev.commons.people.models import User
from helsevev.core.words import gettext_noop
from helsevev.network.applications.models import Application, Round
from helsevev.network.applications.queries import alike, applying
from helsevev.network.applications.queries import rounds as rounds_asking
from helsevev.network.applications.queries import rounds_showing as showing
from helsevev.network.applications.rules.rounds_content import OUTCOME_NAMES, CriterionKind, Outcome
from helsevev.network.assessment.models import Letter, Placement, ScreeningAnswer
from helsevev.network.assessment.queries import desk, scores
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


def of_round(round_: Round, hidden: frozenset[int]) -> list[dict[str, Any]]:
    """Every application with its letter and how far it has come."""
    placements = Placement.objects.filter(application__round=round_).exclude(application_id__in=hidden)
    rows = placements.select_related("application__round", "application__owner").order_by("application__number")
    letters = {
        one.application_id: one
        for one in Letter.objects.filter(application__round=round_).prefetch_related("copies__user")
    }
    keys = [copy.message for one in letters.values() for copy in one.copies.all()]
    states = dict(Message.objects.filter(key__in=keys).values_list("key", "state"))
    return [
        {
            "application": one.application,
            "outcome": _(OUTCOME_NAMES[Outcome(one.outcome)]),
            "letter": letter,
            "copies": [
                {"name": str(copy.user), "state": _(DELIVERY[states[copy.message]]) if copy.message in states else ""}
                for copy in (letter.copies.all() if letter else ())
            ],
        }
        for one in rows
        for letter in [letters.get(one.application_id)]
    ]
