"""The portfolio's rules (porteføljens regler): fields, shapes, merging, permissions. Pure."""

from helsevev.core.parts import KNOWN, Part, Report
from helsevev.network.portfolio.rules.fields import (
    EMPTY,
    FIELDS,
    LINEAGE,
    LISTS,
    Field,
    Fields,
    Kind,
    field_at,
    row,
    stated,
)
from helsevev.network.portfolio.rules.incoming import NO_SUCH_LIST, Incoming, IncomingRow, check
from helsevev.network.portfolio.rules.merging import (
    Changes,
    Merge,
    apply,
    diff,
    differs,
    entered,
    meeting,
    merge,
    undoing,
)
from helsevev.network.portfolio.rules.permissions import PERMISSIONS, needed
from helsevev.network.portfolio.rules.reading import log_in_order, phase_entry, read_row, stated_move
from helsevev.network.portfolio.rules.settling import Known, circles, owners_first, settle

__all__ = [
    "EMPTY",
    "FIELDS",
    "KNOWN",
    "LINEAGE",
    "LISTS",
    "NO_SUCH_LIST",
    "PERMISSIONS",
    "Changes",
    "Field",
    "Fields",
    "Incoming",
    "IncomingRow",
    "Kind",
    "Known",
    "Merge",
    "Part",
    "Report",
    "apply",
    "check",
    "circles",
    "diff",
    "differs",
    "entered",
    "field_at",
    "log_in_order",
    "meeting",
    "merge",
    "needed",
    "owners_first",
    "phase_entry",
    "read_row",
    "row",
    "settle",
    "stated",
    "stated_move",
    "undoing",
]
