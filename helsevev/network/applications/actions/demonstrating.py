"""What a demonstration shows of rounds: 2026's first as it was decided, the next one open, with invented applications.

The first round's projects are real, and so is what its announcement states; its times and criteria aren't stated there,
so none are made up. Everything in the next round is invented, and says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from helsevev.commons.demo.rules import CAST, TIED
from helsevev.commons.forms import actions as forms
from helsevev.commons.forms import queries as form_queries
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import Organisation, User
from helsevev.commons.people.rules import Role
from helsevev.core.questionnaire.model import Value
from helsevev.core.words import Refused
from helsevev.network.applications.actions import applying, applying_people, applying_sending, preparing, rounds
from helsevev.network.applications.models import Application, PanelMember, Round
from helsevev.network.applications.queries import applying as asking
from helsevev.network.applications.rules import clock
from helsevev.network.applications.rules.rounds import State, Times

DECIDED, OPEN = (2026, 1), (2026, 2)
STATED = {"stated_new": 8, "stated_renewed": 7, "stated_source": "innomed-awards-2026.txt", "supports": ["tailored"]}
NAMESPACE = UUID("6c1b1b0e-4b8e-4b57-9b0c-0a6a5f3f7a10")
MUNICIPALITY, HOSPITAL = "ullensaker-kommune", "akershus-universitetssykehus"
ABOUT = {
    "nb": "Oppdiktet utlysning for demonstrasjonen.",
    "nn": "Oppdikta utlysing for demonstrasjonen.",
    "en": "Invented call for the demonstration.",
}
AREAS = (
    {"nb": "Digital hjemmeoppfølging", "nn": "Digital heimeoppfølging", "en": "Digital home follow-up"},
    {"nb": "Sammenhengende forløp", "nn": "Samanhengande forløp", "en": "Coherent pathways"},
    {
        "nb": "Psykisk helse for barn og unge",
        "nn": "Psykisk helse for barn og unge",
        "en": "Youth mental health",
    },
)


@dataclass(frozen=True)
class Invented:
    """An invented application (oppdiktet søknad): what it says, who owns it, and how far it has come."""

    title: str
    owner: str
    groups: tuple[str, ...]
    area: str
    phase: str
    summary: str
    is_sent: bool = True
    continues: str = ""


APPLICATIONS = (
    Invented("Oppdiktet: Trygg hjem med kols", MUNICIPALITY, ("KR",), "Digital hjemmeoppfølging", "insight",
             "Pasienter med kols følges opp hjemme av et felles team fra kommune og sykehus."),
    Invented("Oppdiktet: Én dør for barn og unge", HOSPITAL, ("BU", "PHR"), "Psykisk helse for barn og unge",
             "anchoring", "Felles inntak for barn og unge, så ingen sendes mellom nivåene."),
    Invented("Oppdiktet: Skrøpelige eldre mellom senger", MUNICIPALITY, ("SE",), "Sammenhengende forløp", "piloting",
             "Et tverrfaglig team møter skrøpelige eldre før de legges inn, og følger dem hjem."),
    Invented("Oppdiktet: MILA i flere kommuner", MUNICIPALITY, ("KR",), "Digital hjemmeoppfølging",
             "transition_to_operation",
             "Oppfølgingstjenesten for digital hjemmeoppfølging tas i bruk i flere kommuner.", continues="mila-2026"),
    Invented("Oppdiktet: Sårkontakt på video", HOSPITAL, ("KR", "SE"), "Digital hjemmeoppfølging", "insight",
             "Hjemmesykepleien får raskt svar om sår på video fra sykehusets poliklinikk.", is_sent=False),
)  # fmt: skip


def demonstrate(now: datetime | None = None) -> int:
    """Make what isn't there; how many invented applications were made. Only where accounts are invented."""
    leader = person(Role.PROJECT_LEADER)
    if not settings.DEMO or leader is None:
        return 0
    preparing.prepare()
    moment = now or timezone.now()
    try:
        with transaction.atomic():
            round_ = Round.objects.filter(year=OPEN[0], number=OPEN[1]).first() or _open_round(moment)
            _decided_round()
    except Refused:
        # Somebody has made another call at the same time in this demonstration: theirs stands.
        return 0
    if asking.call(round_).standing(moment) != "open":
        return 0
    return sum(_apply(round_, one, leader, moment) for one in APPLICATIONS)


def person(role: Role) -> User | None:
    """The invented person with a role."""
    return _account(next(one.address for one in CAST if one.role is role))


def _account(address: str) -> User | None:
    return User.objects.filter(email=address, is_demo=True, is_active=True).first()


def tied() -> User | None:
    """The invented assessor who has ties to an application."""
    return _account(TIED.address)


def seat(round_: Round) -> None:
    """Put the invented people on a round's panel."""
    seats = [(part, person(Role(part))) for part in PanelMember.Part.values]
    for part, user in [*seats, (PanelMember.Part.ASSESSOR, tied())]:
        if user:
            PanelMember.objects.get_or_create(round=round_, user=user, part=part)


def _decided_round() -> None:
    """2026's first round, as its announcement states it."""
    workflow = rounds.workflow_now()
    stands = {"state": State.DECIDED, "stage": "decided", "workflow": workflow}
    Round.objects.get_or_create(year=DECIDED[0], number=DECIDED[1], defaults={**stands, **STATED})


def _open_round(now: datetime) -> Round:
    """The next round, open for some weeks, with everything in it and the invented people on its panel."""
    morning = clock.wall(now).replace(hour=9, minute=0, second=0, microsecond=0)
    noon = morning.replace(hour=12)
    opens, closes, decides = (
        clock.moment(day + timedelta(days=days)) for day, days in ((morning, -14), (noon, 42), (noon, 77))
    )
    made = rounds.make_next(preparing.BY, OPEN, Times(opens, closes, decides))
    made.hours, made.focus_areas, made.supports = 600, list(AREAS), ["tailored", "group"]
    made.themes = [{"nb": "Gevinster", "nn": "Gevinstar", "en": "Benefits"}]
    made.texts = {**made.texts, "about": _both(made.texts.get("about", {}))}
    made.save(update_fields=["hours", "focus_areas", "supports", "themes", "texts"])
    seat(made)
    return rounds.publish(made, preparing.BY, now)


def _both(about: Mapping[str, str]) -> dict[str, str]:
    return {language: f"{said} {about.get(language, '')}".strip() for language, said in ABOUT.items()}


def _apply(round_: Round, one: Invented, leader: User, now: datetime) -> bool:
    """One invented application, made by the actions that real ones are made by; whether it was made now."""
    token = uuid5(NAMESPACE, f"{round_.code} {one.title}")
    project = Initiative.objects.filter(key=one.continues).first() if one.continues else None
    if Application.objects.filter(begun=token).exists() or (one.continues and project is None):
        return False
    owner = Organisation.objects.get(key=one.owner)
    other = Organisation.objects.get(key=HOSPITAL if one.owner == MUNICIPALITY else MUNICIPALITY)
    try:
        make(round_, one, leader, (owner, other), project, now)
    except Refused:
        # Somebody has changed the form or closed the call in this demonstration: it goes on without this one.
        return False
    return True


def make(
    round_: Round,
    one: Invented,
    leader: User,
    behind: tuple[Organisation, Organisation],
    project: Initiative | None,
    now: datetime,
) -> None:
    """One invented application of two organisations, the owner first; sent in at `now` where it says so."""
    token = uuid5(NAMESPACE, f"{round_.code} {one.title}")
    owner, other = behind
    by = str(leader.key)
    with transaction.atomic():
        wanted = applying.Beginning(round_, owner, one.title, "nb", token, project, is_invented=True)
        made = applying.begin(leader, wanted, now)
        standing = form_queries.standing(made.sheet)
        changes = [
            forms.Change(path, value, standing[path].revision if path in standing else 0)
            for path, value in _answers(one).items()
        ]
        forms.save(made.sheet, changes, by)
        applying_people.add_partner(made, other, by, now)
        if one.is_sent:
            _send(made, behind, by, now)


def _send(made: Application, behind: tuple[Organisation, ...], by: str, now: datetime) -> None:
    signer = person(Role.ORGANISATION_SIGNER)
    for organisation in behind:
        applying_people.confirm(made, organisation, str(signer.key) if signer else by, now)
    row = asking.one(made.key) or made
    applying_sending.submit(row, by, applying_sending.Seen(row.sheet.revision, row.sheet.version_id, 0), now)


def _answers(one: Invented) -> Mapping[str, Value]:
    """What an invented application says; plainly invented where a real one would have figures."""
    said: dict[str, Value] = {
        "title": one.title,
        "summary": one.summary,
        "patient_groups": list(one.groups),
        "focus_area": one.area,
        "phase": one.phase,
        "need_text": "Oppdiktet behov: for mange innleggelser som kunne vært unngått.",
        "benefit": "Oppdiktet nytte: færre reiser, og hjelp tidligere.",
        "together": "Et felles team med én leder, og faste møter hver uke.",
        "transfer": "Andre kan bruke veilederen og samtalekortene.",
        "before": "Vi har lest om lignende prosjekter i porteføljen.",
        "support": "tailored",
        "help_with": ["benefit", "pilot"],
        "help_text": "Gevinstplan og samtaler om ansvar.",
        "users": "En oppdiktet brukerrepresentant er med i prosjektgruppen.",
        "anchored": ["unit"],
        "parties:1/party_name": "Oppdiktet hjemmetjeneste",
        "parties:1/party_level": "municipality",
        "parties:2/party_name": "Oppdiktet poliklinikk",
        "parties:2/party_level": "specialist",
        "is_new": "continues" if one.continues else "new",
        "publish_ok": True,
        "no_patients": True,
    }
    if one.continues:
        said["achieved"] = "Tjenesten er i drift i én kommune."
    return said | ({"plan": "Et år, med én dag i uken fra hver side."} if one.is_sent else {})
