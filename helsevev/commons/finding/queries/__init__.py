"""Every question asked of the index. Whoever asks sees what is open to everyone; `staff=True` shows staff's own too."""

from helsevev.commons.finding.queries.answering import asked
from helsevev.commons.finding.queries.checking import faults
from helsevev.commons.finding.queries.counting import FacetPage, Wanted, counts, facet, number
from helsevev.commons.finding.queries.everywhere import Everything, Found, everywhere, kinds
from helsevev.commons.finding.queries.kinship import like, similar
from helsevev.commons.finding.queries.ranking import search
from helsevev.commons.finding.queries.selecting import Chosen, keys, selected
from helsevev.commons.finding.queries.truth import documents

__all__ = [
    "Chosen",
    "Everything",
    "FacetPage",
    "Found",
    "Wanted",
    "asked",
    "counts",
    "documents",
    "everywhere",
    "facet",
    "faults",
    "keys",
    "kinds",
    "like",
    "number",
    "search",
    "selected",
    "similar",
]
