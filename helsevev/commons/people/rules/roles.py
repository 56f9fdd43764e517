"""Who may do what with people and organisations; what a role is stands in `core.roles`. Pure."""

from helsevev.core.roles import (
    IN_ORGANISATION,
    ROLE_NAMES,
    STAFF,
    STRANGER,
    Grant,
    Permission,
    Person,
    Role,
    Table,
    may,
)

__all__ = [
    "IN_ORGANISATION",
    "PERMISSIONS",
    "ROLE_NAMES",
    "STAFF",
    "STRANGER",
    "Grant",
    "Permission",
    "Person",
    "Role",
    "Table",
    "may",
]

PERMISSIONS: Table = {
    "see_organisation": Permission(everyone=True),
    "edit_organisation": Permission(anywhere=frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR})),
    "renew_register": Permission(anywhere=frozenset({Role.ADMINISTRATOR})),
    "see_people": Permission(anywhere=frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR})),
    "grant_role": Permission(anywhere=frozenset({Role.ADMINISTRATOR})),
    "grant_own_role": Permission(in_own=frozenset({Role.ORGANISATION_SIGNER})),
    "see_own_page": Permission(known=True),
}
