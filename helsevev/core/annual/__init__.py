"""The network's report of a year (årsrapport): every figure counted from rows, beside what a source states. Pure.

facts = Facts(year=2022, cutoff=date(2022, 12, 31), projects=..., stated=...)
document = build(facts, words)       figures and appendix, or `Faulty` where they disagree
as_json(document)                    the same bytes for the same facts
"""

from helsevev.core.annual.answers import fitting
from helsevev.core.annual.behind import Rows, behind
from helsevev.core.annual.document import Document, as_json, build, digest, disagreements
from helsevev.core.annual.facts import Answered, Behind, Facts, Meeting, Project, Stated, Tally
from helsevev.core.annual.figures import MEETINGS, REGIONS, Figure, Words, figures
from helsevev.core.annual.period import Line, lines
from helsevev.core.annual.reading import read
from helsevev.core.annual.sheets import sheets
from helsevev.core.annual.wording import Said

__all__ = [
    "MEETINGS",
    "REGIONS",
    "Answered",
    "Behind",
    "Document",
    "Facts",
    "Figure",
    "Line",
    "Meeting",
    "Project",
    "Rows",
    "Said",
    "Stated",
    "Tally",
    "Words",
    "as_json",
    "behind",
    "build",
    "digest",
    "disagreements",
    "figures",
    "fitting",
    "lines",
    "read",
    "sheets",
]
