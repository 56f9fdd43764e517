"""A made-up project under guidance, for tests: two organisations, people on both sides, hours, one clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.test import Client
from django.utils import timezone

from helsevev.commons.initiatives.models import Initiative, Party
from helsevev.commons.people.models import Organisation, RoleGrant, User
from helsevev.commons.people.rules import Role
from helsevev.core.ledger import Kind, Purpose
from helsevev.network.guidance.actions import booking, engaging
from helsevev.network.guidance.actions.booking import Entry
from helsevev.network.guidance.actions.convening import Call
from helsevev.network.guidance.actions.engaging import Terms
from helsevev.network.guidance.models import Engagement
from helsevev.network.guidance.rules.engagements import Support
from helsevev.network.guidance.rules.sessions import Kind as SessionKind

HOSPITAL, MUNICIPALITY, OTHER = "made-up-hospital", "made-up-municipality", "another-municipality"
KINDS = {HOSPITAL: "hospital_trust", MUNICIPALITY: "municipality", OTHER: "municipality"}
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
BY = "system:test"


def person(role: Role | None, place: str | None = None, name: str = "") -> User:
    """Somebody made up, with a role."""
    called = name or (role.value if role else "nobody")
    user = User.objects.create_user(f"{called}.{User.objects.count()}@example.invalid", name=f"Test {called}")
    if role:
        organisation = Organisation.objects.get(key=place) if place else None
        RoleGrant.objects.create(
            user=user, role=role, organisation=organisation, starts=date(2020, 1, 1), granted_by=BY
        )
    return user


def initiative(key: str = "made-up") -> Initiative:
    """A project of both levels."""
    made = Initiative.objects.create(key=key, title=f"Oppdiktet {key}")
    for place, (name, kind) in enumerate(KINDS.items()):
        organisation, _new = Organisation.objects.get_or_create(key=name, defaults={"name": name, "kind": kind})
        if name != OTHER:
            role = Party.Role.OWNER if place == 0 else Party.Role.PARTNER
            Party.objects.create(
                initiative=made, organisation=organisation, role=role, stated_name=name, position=place
            )
    return made


@dataclass(frozen=True)
class World:
    """One engagement of ten hours and its people."""

    initiative: Initiative
    engagement: Engagement
    advisor: User
    leader: User
    municipal_leader: User
    member: User
    signer: User
    secretary: User
    stranger_advisor: User
    outsider: User


def world(minutes: int = 600, key: str = "made-up") -> World:
    """All of it, by the actions that real ones go through."""
    made = initiative(key)
    advisor = person(Role.ADVISOR, name="advisor")
    leader = person(Role.PROJECT_LEADER, HOSPITAL)
    terms = Terms(Support.TAILORED, NOW.date(), NOW.date() + timedelta(days=200), minutes, advisors=[advisor])
    return World(
        made,
        engaging.open_(made, terms, BY, "Test", NOW),
        advisor,
        leader,
        person(Role.PROJECT_LEADER, MUNICIPALITY, "municipal_leader"),
        person(Role.PROJECT_MEMBER, MUNICIPALITY),
        person(Role.ORGANISATION_SIGNER, HOSPITAL),
        person(Role.SECRETARIAT),
        person(Role.ADVISOR, name="other_advisor"),
        person(Role.PROJECT_LEADER, OTHER, "outsider"),
    )


def used(minutes: int, purpose: Purpose = Purpose.MEETING, advisor: User | None = None) -> Entry:
    """Time that is used."""
    return Entry(Kind.USED, minutes, purpose, "Arbeid", NOW.date(), str(advisor.key) if advisor else "")


def planned(minutes: int) -> Entry:
    """Time that is planned."""
    return Entry(Kind.PLANNED, minutes, Purpose.MEETING, "Plan", NOW.date())


def book(found: World, *entries: Entry) -> None:
    """Write, as the advisor."""
    booking.write(found.engagement, entries, str(found.advisor.key), now=NOW)


def call(found: World, day: date | None = None, minutes: int = 90, *, plan: bool = True) -> Call:
    """A working meeting with advisor and leaders."""
    return Call(
        SessionKind.WORKING_MEETING, "Arbeidsmøte", day or timezone.localdate() + timedelta(days=7), time(10), minutes,
        people=[found.advisor, found.leader, found.municipal_leader], plan=plan,
    )  # fmt: skip


SignIn = Callable[..., Client]
