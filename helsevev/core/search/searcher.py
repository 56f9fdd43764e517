"""Search over one set of documents, all together (søker): read, index, plan, rank."""

from collections.abc import Iterable
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from helsevev.core.search.analysis import Analyser, analyser
from helsevev.core.search.documents import Read
from helsevev.core.search.groups import Groups
from helsevev.core.search.index import Index
from helsevev.core.search.likeness import Likeness
from helsevev.core.search.plan import Plan, Planner
from helsevev.core.search.scoring import Ranked, Scorer, Scores, best

REMEMBERED = 500


class Searcher:
    """Searches documents that have been read."""

    def __init__(self, documents: Iterable[Read], reader: Analyser | None = None, groups: Groups | None = None) -> None:
        """Documents are numbered in the order given. Groups may be wider than the analyser's own."""
        self.analyser = reader or analyser()
        self.index = Index(documents, self.analyser.stems)
        self.groups = groups or groups_of(self.analyser)
        self._planner = Planner(self.analyser, self.groups, self.index.vocabulary)
        self._scorer = Scorer(self.index)
        self.plan = lru_cache(maxsize=REMEMBERED)(self._planner.plan)

    def scores(self, plan: Plan) -> Scores:
        """What each document scores, by its number."""
        return self._scorer.scores(plan)

    def answered(self, plan: Plan) -> NDArray[np.bool_]:
        """For each word of a plan, whether each document has it in some way."""
        return self._scorer.answered(plan)

    def search(self, query: str, most: int | None = None) -> Ranked:
        """The documents that answer a query, the best first."""
        return best(self.scores(self.plan(query)), most)

    @cached_property
    def likeness(self) -> Likeness:
        """Compares these documents with one another and with others."""
        return Likeness(self.index, self.groups)


@lru_cache(maxsize=4)
def groups_of(reader: Analyser) -> Groups:
    """The groups of an analyser's lexicon, read once."""
    return Groups(reader)
