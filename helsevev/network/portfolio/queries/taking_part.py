"""What an organisation takes part in (deltakelse): the projects that it owns, is a partner in, or has units in."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from helsevev.commons.finding import queries as finding
from helsevev.commons.initiatives.models import Party
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.queries.cards import Card, cards
from helsevev.network.portfolio.queries.choices import Choices
from helsevev.network.portfolio.queries.listing import KIND, order
from helsevev.network.portfolio.queries.naming import Naming


@dataclass(frozen=True)
class Part:
    """Some projects under a heading."""

    title: str
    cards: Sequence[Card]


def counts() -> dict[str, int]:
    """How many published projects each organisation takes part in itself; one statement."""
    return dict(finding.counts(KIND, names=["organisation"]).get("organisation", ()))


def parts(key: str, units: Mapping[str, str], naming: Naming, today: date) -> list[Part]:
    """The projects of an organisation by the part it takes, then those of its units (name by key), the newest first."""
    roles = _roles({key, *units})
    projects = Project.objects.filter(pk__in=roles).order_by(*order(Choices(), naming.language))
    ids = dict(projects.values_list("initiative__key", "pk"))
    drawn = cards(projects, naming, today)
    owned = [card for card in drawn if Party.Role.OWNER in roles[ids[card["key"]]].get(key, ())]
    joined = [card for card in drawn if card not in owned and key in roles[ids[card["key"]]]]
    found = [Part(_("Owner"), owned), Part(_("Partner"), joined)]
    for unit, name in units.items():
        theirs = [card for card in drawn if unit in roles[ids[card["key"]]] and key not in roles[ids[card["key"]]]]
        found.append(Part(_("Through %(unit)s") % {"unit": name}, theirs))
    return [part for part in found if part.cards]


def _roles(keys: Collection[str]) -> Mapping[int, Mapping[str, set[str]]]:
    """Roles by published project and organisation."""
    found: defaultdict[int, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = Party.objects.filter(organisation__key__in=list(keys), initiative__project__published=True).order_by()
    for pk, key, role in rows.values_list("initiative_id", "organisation__key", "role"):
        found[pk][key].add(role)
    return found
