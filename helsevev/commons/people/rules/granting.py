"""Who may give and end which roles (rolletildeling), and what a role may look like. Pure."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from helsevev.commons.people.rules.roles import IN_ORGANISATION, PERMISSIONS, STAFF, Grant, Person, Role, may
from helsevev.core.words import Refusal, gettext_noop

# What a signer (signatar) may hand out in the organisation that trusts them with its signature.
GIVEN_BY_SIGNER: frozenset[Role] = frozenset({Role.PROJECT_MEMBER, Role.PROJECT_LEADER})


class Why(StrEnum):
    """Why a role can't be given or ended."""

    NOT_YOURS = gettext_noop("Your own roles don't let you give or end this role here.")
    TO_YOURSELF = gettext_noop("Nobody gives a role to themselves. Ask someone else who may.")
    NEEDS_ORGANISATION = gettext_noop("This role is held in an organisation. Choose which.")
    NO_ORGANISATION = gettext_noop("This role is held in the network as a whole. Leave the organisation out.")
    STARTS_IN_THE_PAST = gettext_noop("A role can't begin before today.")
    ENDS_BEFORE_IT_STARTS = gettext_noop("The last day is before the first.")
    HELD_ALREADY = gettext_noop("The person holds this role already in that time. End it first, or choose other dates.")
    ENDED_ALREADY = gettext_noop("This role has ended already.")
    LAST_ADMINISTRATOR = gettext_noop("Someone must be left who can give roles. Give another person the role first.")
    CLOSED_ACCOUNT = gettext_noop("This account is deleted.")


def may_give(giver: Person, role: Role, organisation: str | None) -> bool:
    """Whether `giver` may hand out or end a role there: administrators any, signers two in their own organisation."""
    if may(giver, "grant_role", PERMISSIONS):
        return True
    own = frozenset({organisation}) if organisation else frozenset()
    return role in GIVEN_BY_SIGNER and may(giver, "grant_own_role", PERMISSIONS, own)


def givable(giver: Person) -> tuple[Role, ...]:
    """The roles that `giver` may hand out somewhere, in the order they are declared."""
    if may(giver, "grant_role", PERMISSIONS):
        return tuple(Role)
    own = giver.organisations(PERMISSIONS["grant_own_role"].in_own)
    return tuple(role for role in Role if own and role in GIVEN_BY_SIGNER)


def refuse_grant(giver: Person, to: str, wanted: Grant, held: Iterable[Grant], today: date) -> Refusal | None:
    """Why `giver` can't give `wanted` to the person with key `to`, who holds `held`; None when they can."""
    if not may_give(giver, wanted.role, wanted.organisation):
        return Refusal(Why.NOT_YOURS)
    if giver.key == to:
        return Refusal(Why.TO_YOURSELF)
    return refuse_shape(wanted, held, today)


def refuse_shape(wanted: Grant, held: Iterable[Grant], today: date) -> Refusal | None:
    """Why a role can't look like this, whoever gives it."""
    if wanted.role in IN_ORGANISATION and wanted.organisation is None:
        return Refusal(Why.NEEDS_ORGANISATION)
    if wanted.role in STAFF and wanted.organisation is not None:
        return Refusal(Why.NO_ORGANISATION)
    if wanted.starts is None or wanted.starts < today:
        return Refusal(Why.STARTS_IN_THE_PAST)
    if wanted.ends is not None and wanted.ends < wanted.starts:
        return Refusal(Why.ENDS_BEFORE_IT_STARTS)
    if any(_overlap(wanted, other) for other in held):
        return Refusal(Why.HELD_ALREADY)
    return None


def _overlap(one: Grant, other: Grant) -> bool:
    """Whether the same role in the same place is held on some day by both."""
    if (one.role, one.organisation) != (other.role, other.organisation):
        return False
    first = max(one.starts or date.min, other.starts or date.min)
    return first <= min(one.ends or date.max, other.ends or date.max)


def refuse_end(giver: Person, grant: Grant, today: date, *, administrators_left: bool) -> Refusal | None:
    """Why `giver` can't end `grant` now; None when they can. One may lay down a role of one's own."""
    if not may_give(giver, grant.role, grant.organisation):
        return Refusal(Why.NOT_YOURS)
    if grant.ends is not None and grant.ends < today:
        return Refusal(Why.ENDED_ALREADY)
    if grant.role is Role.ADMINISTRATOR and grant.holds(today) and not administrators_left:
        return Refusal(Why.LAST_ADMINISTRATOR)
    return None


def refuse_delete(person: Iterable[Grant], today: date, *, administrators_left: bool) -> Refusal | None:
    """Why someone with these roles can't delete their account now; None when they can."""
    administers = any(grant.role is Role.ADMINISTRATOR and grant.holds(today) for grant in person)
    return Refusal(Why.LAST_ADMINISTRATOR) if administers and not administrators_left else None
