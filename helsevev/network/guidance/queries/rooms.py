"""Who has to do with an initiative's guidance: its engagement, its parties, its advisors, its people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from helsevev.commons.initiatives.models import Initiative, Party
from helsevev.commons.people.models import RoleGrant, User
from helsevev.commons.people.rules import Person, Role
from helsevev.core.languages import in_language
from helsevev.core.sides import Side, side_of
from helsevev.network.guidance.models import Engagement, EngagementAdvisor
from helsevev.network.guidance.rules import permissions


@dataclass(frozen=True)
class PartyOf:
    """An organisation that takes part (part): its key and name, what kind of body it is, and on which side."""

    key: str
    name: str
    kind: str
    side: Side


@dataclass(frozen=True)
class Taking:
    """Someone who takes part (deltaker), as what, and in which organisation (an advisor: none)."""

    user: User
    role: Role
    organisation: str = ""


def engagement_of(initiative: Initiative) -> Engagement | None:
    """The engagement that an initiative is guided in."""
    return Engagement.objects.filter(places__initiative=initiative).first()


def initiative(key: str) -> Initiative | None:
    """An initiative that is guided, or has been."""
    return Initiative.objects.filter(key=key, engagement_place__isnull=False).first()


def main_initiative(engagement: Engagement) -> Initiative:
    """The initiative that an engagement is called by: the newest of its story."""
    place = engagement.places.select_related("initiative").last()
    assert place is not None  # opening makes one, and none is ever taken out
    return place.initiative


def title(found: Initiative, language: str) -> str:
    """The initiative's title in a language."""
    return in_language(language, found.titles).text


def parties(found: Initiative) -> tuple[PartyOf, ...]:
    """The organisations that take part, owners first."""
    rows = Party.objects.filter(initiative=found, organisation__isnull=False).select_related("organisation")
    made: dict[str, PartyOf] = {}
    for row in sorted(rows, key=lambda one: (one.role != Party.Role.OWNER, one.position)):
        place = row.organisation
        assert place is not None  # as filtered
        made.setdefault(place.key, PartyOf(place.key, place.name, place.kind, side_of(place.kind)))
    return tuple(made.values())


def organisations(engagement: Engagement) -> frozenset[str]:
    """Keys of the organisations that take part in any initiative of the story."""
    rows = Party.objects.filter(initiative__engagement_place__engagement=engagement, organisation__isnull=False)
    return frozenset(rows.values_list("organisation__key", flat=True))


def advising(engagement: Engagement, day: date | None = None) -> QuerySet[EngagementAdvisor]:
    """Who advises on a day, today where none is given; also those who are to begin later."""
    on = day or timezone.localdate()
    return engagement.advisors.filter(Q(until=None) | Q(until__gte=on)).select_related("user")


def advisors(engagement: Engagement, day: date | None = None) -> list[User]:
    """The engagement's advisors."""
    return [one.user for one in advising(engagement, day)]


def as_here(person: Person, engagement: Engagement) -> Person:
    """The person with the role of advisor only where they advise in this engagement."""
    if Role.ADVISOR not in person.roles:
        return person
    return permissions.as_here(person, frozenset(str(one.key) for one in advisors(engagement)))


def people_of(found: Initiative) -> list[Taking]:
    """Members, leaders and signers of the parties, and the advisors; someone with two roles stands twice."""
    keys = [one.key for one in parties(found)]
    wanted = (Role.PROJECT_LEADER, Role.PROJECT_MEMBER, Role.ORGANISATION_SIGNER)
    made = [Taking(row.user, Role(row.role), row.organisation.key) for row in _held(wanted, keys) if row.organisation]
    engagement = engagement_of(found)
    return made + [Taking(user, Role.ADVISOR) for user in (advisors(engagement) if engagement else [])]


def takes_part(engagement: Engagement, user: User) -> bool:
    """Whether somebody advises here, or works for one of the parties."""
    if advising(engagement).filter(user=user).exists():
        return True
    wanted = (Role.PROJECT_LEADER, Role.PROJECT_MEMBER, Role.ORGANISATION_SIGNER)
    return _held(wanted, organisations(engagement)).filter(user=user).exists()


def leaders(found: Initiative) -> list[User]:
    """The project's leaders, on both sides."""
    return _users(_held((Role.PROJECT_LEADER,), [one.key for one in parties(found)]))


def hearers(found: Initiative) -> list[User]:
    """Who hears of what others say about the project: its leaders, and its advisors where it is guided."""
    engagement = engagement_of(found)
    return [*leaders(found), *(advisors(engagement) if engagement else [])]


def signers(found: Initiative, organisation: str) -> list[User]:
    """Those who may sign for one of the parties."""
    known = {one.key for one in parties(found)}
    return _users(_held((Role.ORGANISATION_SIGNER,), [organisation])) if organisation in known else []


def secretariat() -> list[User]:
    """The network's secretariat."""
    return _users(_held((Role.SECRETARIAT,), None))


def all_advisors() -> list[User]:
    """Everyone who holds the role of advisor."""
    return _users(_held((Role.ADVISOR,), None))


def _held(roles: Iterable[Role], keys: Iterable[str] | None) -> QuerySet[RoleGrant]:
    """Roles in force today, held by those who can sign in."""
    today = timezone.localdate()
    rows = RoleGrant.objects.filter(
        Q(ends=None) | Q(ends__gte=today),
        role__in=list(roles),
        starts__lte=today,
        withdrawn_at=None,
        user__is_active=True,
    ).select_related("user", "organisation")
    rows = rows if keys is None else rows.filter(organisation__key__in=list(keys))
    return rows.order_by("user__name", "user__email", "pk")


def _users(rows: Iterable[RoleGrant]) -> list[User]:
    return list({row.user_id: row.user for row in rows}.values())
