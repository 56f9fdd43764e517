"""Applications for tests: people of two sides, one begun, one complete, one sent."""

from collections.abc import Callable
from uuid import uuid4

from django.utils import timezone

from helsevev.commons.forms import actions as forms
from helsevev.commons.people.models import Organisation, User
from helsevev.commons.people.rules import Role
from helsevev.network.applications.actions import applying as acting
from helsevev.network.applications.actions import applying_people, applying_sending
from helsevev.network.applications.models import Application, Round, Submission
from helsevev.network.applications.queries import applying as asking

MUNICIPALITY, HOSPITAL = "ullensaker-kommune", "akershus-universitetssykehus"
ANSWERS = {
    "title": "Hjemmeoppfølging ved kols",
    "summary": "Pasienter følges opp hjemme.",
    "patient_groups": ["KR"],
    "focus_area": "Digital hjemmeoppfølging",
    "phase": "insight",
    "need_text": "Mange innleggelser.",
    "benefit": "Færre innleggelser.",
    "together": "Felles team.",
    "before": "MILA.",
    "transfer": "En veileder.",
    "support": "tailored",
    "users": "En brukerrepresentant er med.",
    "anchored": ["unit"],
    "parties:1/party_name": "Hjemmetjenesten",
    "parties:1/party_level": "municipality",
    "is_new": "new",
    "help_with": ["benefit"],
    "help_text": "Gevinster.",
    "publish_ok": True,
    "no_patients": True,
    "plan": "Ett år.",
}


def place(key: str) -> Organisation:
    """An organisation of the registers."""
    return Organisation.objects.get(key=key)


def begun(round_: Round, leader: User, title: str = ANSWERS["title"], owner: str = MUNICIPALITY) -> Application:
    """An application that somebody has begun."""
    wanted = acting.Beginning(round_, place(owner), title, "nb", uuid4())
    return acting.begin(leader, wanted, timezone.now())


def filled(application: Application, by: str = "system:test") -> None:
    """Every question that must be is answered."""
    forms.save(application.sheet, [forms.Change(path, value, 10_000) for path, value in ANSWERS.items()], by)


def confirmed(application: Application, *keys: str) -> None:
    """These organisations stand behind it."""
    for key in keys or (MUNICIPALITY, HOSPITAL):
        applying_people.add_partner(application, place(key), "system:test", timezone.now())
        applying_people.confirm(application, place(key), "signer", timezone.now())


def seen(application: Application) -> applying_sending.Seen:
    """What a page for sending shows now."""
    row = asking.one(application.key)
    return applying_sending.Seen(row.sheet.revision, row.sheet.version_id, row.submissions.count())


def sent(application: Application, by: User) -> Submission:
    """Sent in as it stands."""
    return applying_sending.submit(application, str(by.key), seen(application), timezone.now())


def complete(round_: Round, person: Callable[..., User]) -> tuple[Application, User]:
    """One that can be sent, and who leads it."""
    leader = person(Role.PROJECT_LEADER, MUNICIPALITY)
    application = begun(round_, leader)
    filled(application)
    confirmed(application)
    return asking.one(application.key), leader
