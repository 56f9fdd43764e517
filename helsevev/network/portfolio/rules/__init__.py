"""The portfolio's rules (porteføljens regler): fields, shapes, merging, permissions. Pure."""

from helsevev.network.portfolio.rules.fields import EMPTY, FIELDS, LINEAGE, LISTS, Field, Fields, Kind, row, stated
from helsevev.network.portfolio.rules.merging import Changes, Merge, apply, diff, entered, meeting, merge, undoing
from helsevev.network.portfolio.rules.parts import KNOWN, Part, Report
from helsevev.network.portfolio.rules.permissions import PERMISSIONS, needed
from helsevev.network.portfolio.rules.reading import phase_entry, read_row, stated_move
from helsevev.network.portfolio.rules.settling import Known, circles, owners_first, settle

__all__ = [
    "EMPTY",
    "FIELDS",
    "KNOWN",
    "LINEAGE",
    "LISTS",
    "PERMISSIONS",
    "Changes",
    "Field",
    "Fields",
    "Kind",
    "Known",
    "Merge",
    "Part",
    "Report",
    "apply",
    "circles",
    "diff",
    "entered",
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
