"""What waits for a person in the workspaces of the organisations in which they have a role."""

from datetime import date, timedelta

from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Person
from helsevev.network.workspace.models import Condition, GateApprover, Risk
from helsevev.network.workspace.queries import gates as asking
from helsevev.network.workspace.queries import words
from helsevev.network.workspace.rules.concepts import Standing
from helsevev.network.workspace.rules.permissions import SIGNERS, TEAM

# Risks show on my page so long before they are to be looked at.
AHEAD = timedelta(days=14)


def _of(organisations: frozenset[str]) -> list[Initiative]:
    """The initiatives with a workspace that these organisations take part in."""
    rows = Initiative.objects.filter(engagement_place__isnull=False, parties__organisation__key__in=organisations)
    return list(rows.distinct())


def gates(user: User) -> list[GateApprover]:
    """Gates to decide."""
    return asking.to_decide(user)


def words_to_sign(person: Person) -> list[words.Clarified]:
    """Words whose text this person's organisation hasn't signed."""
    keys = person.organisations(SIGNERS)
    every = [one for initiative in _of(keys) for one in words.clarified(initiative)] if keys else []
    return [one for one in every if one.standing is Standing.PROPOSED and {p.key for p in one.missing} & keys]


def terms(person: Person) -> list[Condition]:
    """Terms of gates that aren't met."""
    keys = person.organisations(TEAM)
    return asking.open_conditions(_of(keys)) if keys else []


def risks(person: Person, today: date) -> list[Risk]:
    """Risks to be looked at again."""
    keys = person.organisations(TEAM)
    rows = Risk.objects.filter(deleted_at=None, closed_on=None, review_on__lte=today + AHEAD)
    return list(rows.filter(initiative__in=_of(keys)).select_related("initiative")) if keys else []
