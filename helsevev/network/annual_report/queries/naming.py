"""What a report's codes and sources are called."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from helsevev.core import annual
from helsevev.core.roadmap import PHASE_NAMES, Phase
from helsevev.core.visits import CHANNEL_NAMES, QUARTERS
from helsevev.network.portfolio.queries.figures import source_title
from helsevev.network.portfolio.queries.naming import Naming


def words(language: str) -> annual.Words:
    """How a report speaks to readers of one language, who must be the one in force."""
    naming = Naming(language)

    def name(family: str, code: str) -> str:
        if family in ("projects.by_phase", "projects.reached") and code in PHASE_NAMES:
            return _(PHASE_NAMES[Phase(code)])
        if family in VOCABULARIES:
            return naming.term(VOCABULARIES[family], code)
        return _(CHANNEL_NAMES.get(code) or QUARTERS.get(code, code))

    return annual.Words(language, _, name, lambda source: source_title(source, language))


VOCABULARIES: Mapping[str, str] = {
    "projects.by_region": "health_region",
    "projects.by_patient_group": "patient_group",
    "kind": "kind",
    "status": "status",
}
