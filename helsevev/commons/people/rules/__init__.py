"""Who is who, who may what, and what names mean. Pure."""

from helsevev.commons.people.rules.granting import (
    GIVEN_BY_SIGNER,
    givable,
    may_give,
    refuse_delete,
    refuse_end,
    refuse_grant,
    refuse_shape,
)
from helsevev.commons.people.rules.names import Directory, Resolved
from helsevev.commons.people.rules.notices import Notice, Waiting
from helsevev.commons.people.rules.registers import HEALTH_REGIONS, Record, Why, organisation_number, records
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
from helsevev.commons.people.rules.sessions import Levels, device, has_second_factor, is_fresh, is_over

__all__ = [
    "GIVEN_BY_SIGNER",
    "HEALTH_REGIONS",
    "IN_ORGANISATION",
    "PERMISSIONS",
    "ROLE_NAMES",
    "STAFF",
    "STRANGER",
    "Directory",
    "Grant",
    "Levels",
    "Notice",
    "Permission",
    "Person",
    "Record",
    "Resolved",
    "Role",
    "Table",
    "Waiting",
    "Why",
    "device",
    "givable",
    "has_second_factor",
    "is_fresh",
    "is_over",
    "may",
    "may_give",
    "organisation_number",
    "records",
    "refuse_delete",
    "refuse_end",
    "refuse_grant",
    "refuse_shape",
]
