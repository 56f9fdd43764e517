"""Making a survey, and asking people to answer it."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from helsevev.commons.audit.actions import record
from helsevev.commons.forms import queries as forms
from helsevev.commons.forms.models import FormVersion
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.mail.actions import queue
from helsevev.core.surveys import asking
from helsevev.core.words import Refusal, Refused
from helsevev.network.events.models import Meeting
from helsevev.network.surveys.models import Invitation, Survey
from helsevev.network.surveys.queries.surveys import name_of
from helsevev.network.surveys.rules.states import MOST_REMINDERS, Kind, State, Step, Why, refuse, refuse_last_day


@dataclass(frozen=True)
class Made:
    """What a survey is made from."""

    kind: Kind
    version: FormVersion
    year: int
    initiative: Initiative | None = None
    about: str = ""
    groupings: tuple[str, ...] = ()
    last_day: date | None = None
    has_link: bool = False
    handed_out: int | None = None
    meeting: Meeting | None = None


@dataclass(frozen=True)
class Invitee:
    """Somebody to ask (invitert)."""

    email: str
    name: str = ""
    language: str = field(default="nb")


@transaction.atomic
def make(made: Made, by: str) -> Survey:
    """Make a survey, not open yet."""
    form = forms.compiled(made.version)
    found = [*asking.refuse(form), refuse_last_day(made.last_day, timezone.localdate())]
    may_group = {one.key for one in asking.questions(form) if one.may_group}
    if not may_group.issuperset(made.groupings):
        found.append(Refusal(Why.NO_GROUP))
    if reasons := [one for one in found if one]:
        raise Refused(*reasons)
    survey = Survey.objects.create(
        key=_key(made),
        kind=made.kind,
        version=made.version,
        year=made.year,
        initiative=made.initiative,
        about=made.about.strip(),
        groupings=list(made.groupings),
        last_day=made.last_day,
        link=secrets.token_urlsafe(12) if made.has_link else None,
        handed_out=made.handed_out,
        meeting=made.meeting,
        made_by=by,
    )
    record(by, "made", "survey", survey.key, {"form": made.version.form.key, "version": made.version.number})
    return survey


def _key(made: Made) -> str:
    """A short name that stays: what is asked and when, with a number where there is such a one already."""
    about = made.initiative or made.meeting or made.version.form
    stem = about.key[:90] if made.meeting else f"{about.key[:90]}-{made.year}"
    taken = set(Survey.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(key for number in range(1, 10_000) if (key := stem if number == 1 else f"{stem}-{number}") not in taken)


@transaction.atomic
def invite(survey: Survey, people: Iterable[Invitee], by: str) -> int:
    """Ask these people, each once; says how many are new."""
    survey = _locked(survey, Step.INVITE)
    known = {one.lower() for one in survey.invitations.values_list("email", flat=True)}
    new = {one.email.lower(): one for one in people if one.email.lower() not in known}
    for one in new.values():
        row = Invitation(survey=survey, email=one.email, name=one.name, language=one.language)
        row.token_digest = digest(token_of(row))
        row.save()
        _write(survey, row)
    if new:
        record(by, "invited", "survey", survey.key, {"people": len(new)})
    return len(new)


@transaction.atomic
def remind(survey: Survey, by: str) -> int:
    """Remind those who haven't answered, at most twice; says how many."""
    survey = _locked(survey, Step.REMIND)
    rows = list(survey.invitations.filter(answered=False, reminders__lt=MOST_REMINDERS))
    if not rows:
        raise Refused(Refusal(Why.NO_ONE_LEFT))
    for row in rows:
        row.reminders += 1
        row.token_digest = digest(token_of(row))
        row.save(update_fields=["reminders", "token_digest"])
        _write(survey, row)
    record(by, "reminded", "survey", survey.key, {"people": len(rows)})
    return len(rows)


def _locked(survey: Survey, step: Step) -> Survey:
    found = Survey.objects.select_for_update().get(pk=survey.pk)
    if refusal := refuse(State(found.state), step):
        raise Refused(refusal)
    return found


def token_of(row: Invitation) -> str:
    """What is in the link. It is worked out from the key, so that no table holds it, and a reminder has the same."""
    made = hmac.digest(settings.SECRET_KEY.encode(), f"surveys.invitation:{row.key}".encode(), "sha256")
    return urlsafe_b64encode(made[:24]).decode()


def digest(token: str) -> str:
    """What is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def message_key(row: Invitation) -> str:
    """How the letters of an invitation begin in the mail's queue."""
    return f"survey:{row.key}"


def _write(survey: Survey, row: Invitation) -> None:
    """The letter, or the reminder."""
    with override(row.language):
        address = settings.SITE_URL + reverse("surveys:invited", args=[token_of(row)])
        name = name_of(survey, row.language)
    queue(
        key=f"{message_key(row)}:{row.reminders}",
        kind="survey",
        to=row.email,
        language=row.language,
        template="surveys/invitation",
        context={
            "url": address,
            "name": name,
            "about": survey.about,
            "last_day": survey.last_day,
            "reminder": row.reminders,
        },
    )
