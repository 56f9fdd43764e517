"""What a report's codes and sources are called."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from helsevev.core import annual
from helsevev.core.roadmap import PHASE_NAMES, Phase
from helsevev.core.words import gettext_noop
from helsevev.network.portfolio.queries.figures import source_title
from helsevev.network.portfolio.queries.naming import Naming

CHANNELS: Mapping[str, str] = {
    "search": gettext_noop("search engine"),
    "direct": gettext_noop("straight to the address"),
    "social": gettext_noop("social media"),
    "link": gettext_noop("link on another site"),
}
QUARTERS: Mapping[str, str] = {
    "Q1": gettext_noop("1st quarter"),
    "Q2": gettext_noop("2nd quarter"),
    "Q3": gettext_noop("3rd quarter"),
    "Q4": gettext_noop("4th quarter"),
}


def words(language: str) -> annual.Words:
    """How a report speaks to readers of one language, who must be the one in force."""
    naming = Naming(language)

    def name(family: str, code: str) -> str:
        if family in ("projects.by_phase", "projects.reached") and code in PHASE_NAMES:
            return _(PHASE_NAMES[Phase(code)])
        if family in VOCABULARIES:
            return naming.term(VOCABULARIES[family], code)
        return _(CHANNELS.get(code) or QUARTERS.get(code, code))

    return annual.Words(language, _, name, lambda source: source_title(source, language))


VOCABULARIES: Mapping[str, str] = {
    "projects.by_region": "health_region",
    "projects.by_patient_group": "patient_group",
    "kind": "kind",
    "status": "status",
}
