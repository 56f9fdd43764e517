"""Every question asked of accounts, roles, links, sessions and choices."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from helsevev.commons.people.models import NotificationChoice, RoleGrant, SignInLink, User
from helsevev.commons.people.rules import ROLE_NAMES, STRANGER, Grant, Notice, Person, Role, has_second_factor
from helsevev.commons.people.rules.sessions import LINK_LIFE


def person_of(request: HttpRequest) -> Person:
    """The person behind a request, with the roles in force today."""
    user = request.user
    if isinstance(user, AnonymousUser) or not user.is_active:
        return STRANGER
    return person(user, second_factor=has_second_factor(get_authentication_records(request, user)))


def person(user: User, *, second_factor: bool, today: date | None = None) -> Person:
    """The value that rules understand, made from an account. Days are Norwegian days."""
    day = today or timezone.localdate()
    return Person(
        str(user.key), str(user), frozenset(grant for grant in grants(user) if grant.holds(day)), second_factor
    )


def grants(user: User) -> list[Grant]:
    """The roles that a person has or will have or had, without those that were withdrawn."""
    return [as_grant(row) for row in user.grants.filter(withdrawn_at=None).select_related("organisation")]


def as_grant(row: RoleGrant) -> Grant:
    """A row as the value that rules understand."""
    return Grant(Role(row.role), row.organisation.key if row.organisation else None, row.starts, row.ends)


@dataclass(frozen=True)
class HeldRole:
    """A role as a page shows it. `standing`: "now", "later" or "over"."""

    pk: int
    person: str
    grant: Grant
    name: str
    organisation: str
    standing: str


def held_roles(user: User, today: date | None = None) -> list[HeldRole]:
    """Every role a person has, will have or had, the newest first."""
    rows = user.grants.select_related("user", "organisation").order_by("-starts", "role", "pk")
    return _held(rows, today or timezone.localdate())


def roles_in(organisation: str, today: date | None = None) -> list[HeldRole]:
    """The roles held in one organisation now or later, by the person's name."""
    day = today or timezone.localdate()
    rows = _open(day, begun=False).filter(organisation__key=organisation, user__is_active=True)
    return _held(
        rows.select_related("user", "organisation").order_by("user__name", "user__email", "role", "starts"), day
    )


def _held(rows: Iterable[RoleGrant], today: date) -> list[HeldRole]:
    """Rows as a page shows them, each with how it stands today."""
    found = []
    for row in rows:
        grant = as_grant(row)
        over = row.withdrawn_at is not None or (grant.ends is not None and grant.ends < today)
        standing = "over" if over else "now" if grant.holds(today) else "later"
        place = row.organisation.name if row.organisation else ""
        found.append(HeldRole(row.pk, str(row.user), grant, gettext(ROLE_NAMES[grant.role]), place, standing))
    return found


def role_grant(pk: int) -> RoleGrant | None:
    """One role of someone who still has an account."""
    rows = RoleGrant.objects.select_related("user", "organisation")
    return rows.filter(pk=pk, user__deleted_at=None).first()


def _open(today: date, *, begun: bool = True) -> QuerySet[RoleGrant]:
    """Roles that aren't over; only those that have begun when asked so."""
    rows = RoleGrant.objects.filter(withdrawn_at=None).filter(Q(ends=None) | Q(ends__gte=today))
    return rows.filter(starts__lte=today) if begun else rows


def administrators_left(*, without_user: User | None = None, without_grant: RoleGrant | None = None) -> bool:
    """Whether anyone could still give roles if that account or that role were gone."""
    rows = _open(timezone.localdate()).filter(role=Role.ADMINISTRATOR, user__is_active=True)
    if without_user is not None:
        rows = rows.exclude(user=without_user)
    if without_grant is not None:
        rows = rows.exclude(pk=without_grant.pk)
    return rows.exists()


def people(text: str = "") -> QuerySet[User]:
    """Accounts by name, found by a part of name or address; the deleted aren't among them."""
    found = (
        User.objects.filter(deleted_at=None).order_by("name", "email", "pk").prefetch_related("grants__organisation")
    )
    words = text.split()
    for word in words:
        # SQLite folds the case of A to Z alone, so that å and Å are asked for by themselves.
        spellings = {word, word.lower(), word.upper(), word.capitalize()}
        found = found.filter(reduce(or_, (Q(name__icontains=s) | Q(email__icontains=s) for s in spellings)))
    return found.prefetch_related("grants__organisation")


def account(key: str | UUID) -> User | None:
    """The account with this key; None when there is none, or it is deleted."""
    try:
        return User.objects.filter(key=UUID(str(key)), deleted_at=None).first()
    except ValueError:
        return None


def account_of(address: str) -> tuple[User, str] | None:
    """The account that signs in with this address, and the address as it is kept.

    A proven address comes before one that someone has only typed in.
    """
    wanted = address.strip().lower()
    row = EmailAddress.objects.filter(email=wanted, verified=True).select_related("user").first()
    user = row.user if row else User.objects.filter(email=wanted).first()
    return (user, wanted) if user and user.is_active else None


def actor_names(keys: Collection[str]) -> dict[str, str]:
    """What to call those who did something: accounts by key; words such as "system:load" stay as they are."""
    wanted = {}
    for key in keys:
        try:
            wanted[UUID(key)] = key
        except ValueError:
            continue
    found = {str(user.key): user for user in User.objects.filter(key__in=wanted)}
    called = {key: gettext("Deleted account") if user.deleted_at else str(user) for key, user in found.items()}
    return {key: called.get(key, key) for key in keys}


def digest(token: str) -> str:
    """What is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def working_link(token: str, now: datetime | None = None) -> SignInLink | None:
    """The link that this token belongs to, if it can still be used."""
    oldest = (now or timezone.now()) - LINK_LIFE
    rows = SignInLink.objects.filter(digest=digest(token), used_at=None, made_at__gt=oldest, user__is_active=True)
    return rows.select_related("user").first()


def sessions(user: User) -> list[UserSession]:
    """Where the person is signed in, the newest first."""
    found: list[UserSession] = UserSession.objects.purge_and_list(user)
    return sorted(found, key=lambda session: session.last_seen_at, reverse=True)


def wants(user: User, notice: Notice) -> bool:
    """Whether the person wants this kind of notice by e-mail."""
    choice = NotificationChoice.objects.filter(user=user, kind=notice.kind).values_list("by_mail", flat=True).first()
    return notice.by_mail if choice is None else choice


def choices(user: User) -> dict[str, bool]:
    """What the person has chosen, by kind of notice."""
    return dict(NotificationChoice.objects.filter(user=user).values_list("kind", "by_mail"))
