"""Who may do what with pages. Readers need no permission: what is published is open to everyone."""

from collections.abc import Mapping
from types import MappingProxyType

from helsevev.commons.people.rules import Permission, Person, Role, Table, may

WRITERS = frozenset({Role.EDITOR, Role.SECRETARIAT, Role.ADMINISTRATOR})
PUBLISHERS = frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR})

PERMISSIONS: Table = {
    "read": Permission(everyone=True),
    "write": Permission(anywhere=WRITERS),
    "publish": Permission(anywhere=PUBLISHERS),
}
# What the desk calls those who may do each; a person is in a group for as long as the role is in force.
GROUPS: Mapping[str, str] = MappingProxyType({"write": "Knowledge writers", "publish": "Knowledge publishers"})


def groups(person: Person) -> frozenset[str]:
    """The desk's groups that this person belongs to now."""
    return frozenset(name for action, name in GROUPS.items() if may(person, action, PERMISSIONS))
