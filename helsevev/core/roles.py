"""Who may what: roles (roller), persons, and the one question `may`.

It lies in the cellar because rooms below people (the trail, the mail) have tables of permissions too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from helsevev.core.words import gettext_noop


class Role(StrEnum):
    """What a person is in an organisation, or in the whole network (rolle)."""

    READER = "reader"
    PROJECT_MEMBER = "project_member"
    PROJECT_LEADER = "project_leader"
    ORGANISATION_SIGNER = "organisation_signer"
    ASSESSOR = "assessor"
    RESOURCE_GROUP = "resource_group"
    STEERING_GROUP = "steering_group"
    ADVISOR = "advisor"
    EDITOR = "editor"
    SECRETARIAT = "secretariat"
    ADMINISTRATOR = "administrator"


ROLE_NAMES: Mapping[Role, str] = {
    Role.READER: gettext_noop("Reader"),
    Role.PROJECT_MEMBER: gettext_noop("Project member"),
    Role.PROJECT_LEADER: gettext_noop("Project leader"),
    Role.ORGANISATION_SIGNER: gettext_noop("Organisation signer"),
    Role.ASSESSOR: gettext_noop("Assessor"),
    Role.RESOURCE_GROUP: gettext_noop("Resource group"),
    Role.STEERING_GROUP: gettext_noop("Steering group"),
    Role.ADVISOR: gettext_noop("Advisor"),
    Role.EDITOR: gettext_noop("Editor"),
    Role.SECRETARIAT: gettext_noop("Secretariat"),
    Role.ADMINISTRATOR: gettext_noop("Administrator"),
}

# Roles held in the network as a whole: they work with everyone's material, so they need a second factor.
STAFF: frozenset[Role] = frozenset(
    {
        Role.ASSESSOR,
        Role.RESOURCE_GROUP,
        Role.STEERING_GROUP,
        Role.ADVISOR,
        Role.EDITOR,
        Role.SECRETARIAT,
        Role.ADMINISTRATOR,
    }
)
# Roles that mean nothing without the organisation they are held in.
IN_ORGANISATION: frozenset[Role] = frozenset({Role.PROJECT_MEMBER, Role.PROJECT_LEADER, Role.ORGANISATION_SIGNER})


@dataclass(frozen=True)
class Grant:
    """A role (rolle) that a person holds, in one organisation or in the network (organisation None)."""

    role: Role
    organisation: str | None = None
    starts: date | None = None
    ends: date | None = None

    def holds(self, today: date) -> bool:
        """Whether the role is in force; its last day counts."""
        return (self.starts is None or self.starts <= today) and (self.ends is None or today <= self.ends)


@dataclass(frozen=True)
class Person:
    """Someone who asks for a page: a stranger has no key, no grants and no name."""

    key: str = ""
    name: str = ""
    grants: frozenset[Grant] = field(default_factory=frozenset)
    second_factor: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the person has signed in."""
        return bool(self.key)

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that count now: staff roles only with a second factor."""
        return frozenset(grant.role for grant in self.grants if self.second_factor or grant.role not in STAFF)

    @property
    def lacks_second_factor(self) -> bool:
        """Whether a staff role waits for a second factor."""
        return not self.second_factor and any(grant.role in STAFF for grant in self.grants)

    def organisations(self, roles: frozenset[Role]) -> frozenset[str]:
        """Keys of the organisations in which the person holds any of `roles`."""
        held = self.roles & roles
        return frozenset(g.organisation for g in self.grants if g.organisation and g.role in held)


STRANGER = Person()


@dataclass(frozen=True)
class Permission:
    """Who may do one thing: some roles anywhere, other roles only in an organisation that takes part."""

    anywhere: frozenset[Role] = frozenset()
    in_own: frozenset[Role] = frozenset()
    everyone: bool = False
    known: bool = False


Table = Mapping[str, Permission]


def may(person: Person, action: str, table: Table, organisations: frozenset[str] = frozenset()) -> bool:
    """Whether `person` may do `action` on something that the given organisations take part in.

    An action that isn't in the table is refused: deny is the default.
    """
    permission = table.get(action)
    if permission is None:
        return False
    if permission.everyone or (permission.known and person.is_known):
        return True
    if person.roles & permission.anywhere:
        return True
    return bool(person.organisations(permission.in_own) & organisations)
