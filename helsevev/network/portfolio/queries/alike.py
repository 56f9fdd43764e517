"""Projects like another (lignende), each with the reason in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from helsevev.commons.finding import queries as finding
from helsevev.commons.finding.rules import FAMILY, MODEL, OFFSPRING, ORIGIN, PARENT, WORDS
from helsevev.commons.initiatives import queries as initiatives
from helsevev.core.languages import Text
from helsevev.core.similarity import Similar
from helsevev.core.words import gettext_noop
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.queries.listing import KIND
from helsevev.network.portfolio.queries.naming import COUNTY_NAMES, Naming, award

# Kinship says all in one phrase; the closer one leaves the wider ones unsaid.
KINSHIP: Mapping[str, str] = {
    ORIGIN: gettext_noop("this project builds on it"),
    OFFSPRING: gettext_noop("it builds on this project"),
    PARENT: gettext_noop("both build on the same project"),
    MODEL: gettext_noop("both follow the same model"),
    FAMILY: gettext_noop("belongs to the same family of projects"),
}
SHARED: Mapping[str, str] = {
    "theme": gettext_noop("same theme: %(values)s"),
    "patient_group": gettext_noop("same patient group: %(values)s"),
    "focus_area": gettext_noop("same focus area: %(values)s"),
    "organisation": gettext_noop("same organisation: %(values)s"),
    "county": gettext_noop("same county: %(values)s"),
    "region": gettext_noop("same health region: %(values)s"),
    WORDS: gettext_noop("both are about %(values)s"),
}
VOCABULARY = {"region": "health_region"}
MOST_REASONS = 3


@dataclass(frozen=True)
class Alike:
    """Another project, who owns it, and why it is named here."""

    key: str
    title: Text
    about: str
    why: str


def alike(key: str, naming: Naming, limit: int = 3) -> list[Alike]:
    """The published projects most like this one, the most alike first."""
    return describe(finding.similar(KIND, key, limit), naming)


def describe(found: Sequence[Similar], naming: Naming) -> list[Alike]:
    """What was found to be alike, with titles and reasons; what isn't published is left out."""
    titles = naming.marked_titles([one.key for one in found])
    abouts = _abouts([one.key for one in found])
    naming.organisations({value for one in found for name, value in one.reasons if name == "organisation"})
    return [
        Alike(one.key, titles[one.key], abouts.get(one.key, ""), reason(one.reasons, naming))
        for one in found
        if one.key in titles
    ]


def reason(reasons: Iterable[tuple[str, str]], naming: Naming) -> str:
    """Reasons as one sentence, the weightiest first."""
    by_name: dict[str, list[str]] = {}
    for name, value in reasons:
        by_name.setdefault(name, []).append(value)
    closest = next((name for name in KINSHIP if name in by_name), None)
    phrases = [_(KINSHIP[closest])] if closest else []
    for name, values in by_name.items():
        if name in SHARED:
            phrases.append(_(SHARED[name]) % {"values": ", ".join(_label(name, value, naming) for value in values)})
    sentence = "; ".join(phrases[:MOST_REASONS])
    return sentence[:1].upper() + sentence[1:]


def _label(name: str, value: str, naming: Naming) -> str:
    """A shared value as it stands within a sentence."""
    if name == "organisation":
        return naming.organisations([value]).get(value) or value
    if name == WORDS:
        return value
    if name == "county":
        return COUNTY_NAMES.get(value, value)
    return naming.taxonomy.label(VOCABULARY.get(name, name), value, naming.language)


def _abouts(keys: list[str]) -> dict[str, str]:
    """Owner and award of each, on one line."""
    rows = Project.objects.filter(initiative__key__in=keys)
    found = {pk: (key, year, number) for pk, key, year, number in rows.values_list(
        "pk", "initiative__key", "award_year", "award_round"
    )}  # fmt: skip
    owners = initiatives.parties_of(found, "owner")
    return {
        key: ", ".join(
            filter(None, [*dict.fromkeys(one.stated_name for one in owners.get(pk, ())), award(year, number)])
        )
        for pk, (key, year, number) in found.items()
    }
