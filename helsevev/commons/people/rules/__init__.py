"""Who is who, who may what, and what names mean. Pure."""

from helsevev.commons.people.rules.names import Directory, Resolved
from helsevev.commons.people.rules.registers import HEALTH_REGIONS, Record, Why, organisation_number, records, slug
from helsevev.commons.people.rules.roles import (
    IN_ORGANISATION,
    PERMISSIONS,
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
    "HEALTH_REGIONS",
    "IN_ORGANISATION",
    "PERMISSIONS",
    "ROLE_NAMES",
    "STAFF",
    "STRANGER",
    "Directory",
    "Grant",
    "Permission",
    "Person",
    "Record",
    "Resolved",
    "Role",
    "Table",
    "Why",
    "may",
    "organisation_number",
    "records",
    "slug",
]
