"""What the front page and search engines ask of the portfolio: a few numbers, and the keys of all that is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from helsevev.commons.initiatives.models import Initiative, Party
from helsevev.commons.people.models import Organisation
from helsevev.network.portfolio.models import Project

AWARDED = Project.Listing.AWARDED


@dataclass(frozen=True)
class Figures:
    """The portfolio's key figures (nøkkeltall): those of projects that were awarded support."""

    projects: int
    first_year: int | None
    last_year: int | None
    spreading: int
    kind_stated: int
    in_last_year: int
    organisations: int


def figures() -> Figures:
    """The key figures today, in three statements."""
    spread = Q(initiative__kind=Initiative.Kind.SPREAD)
    awarded = Project.objects.filter(published=True, listing=AWARDED)
    counted = awarded.aggregate(
        projects=Count("pk"),
        first_year=Min("award_year"),
        last_year=Max("award_year"),
        spreading=Count("pk", filter=spread),
        kind_stated=Count("pk", filter=~Q(initiative__kind="")),
    )
    own = Party.objects.filter(
        organisation=OuterRef("pk"), initiative__project__published=True, initiative__project__listing=AWARDED
    )
    organisations = Organisation.objects.filter(Exists(own)).count()
    newest = awarded.filter(award_year=counted["last_year"]).count() if counted["last_year"] else 0
    return Figures(**counted, in_last_year=newest, organisations=organisations)


def published_count() -> int:
    """How many projects are open to everyone, on all lists."""
    return Project.objects.filter(published=True).count()


def published_keys(first: int, most: int) -> Iterable[tuple[str, datetime]]:
    """Some of their keys with when each last changed, in an order that stays."""
    rows = Project.objects.filter(published=True).order_by("initiative__key")
    return rows.values_list("initiative__key", "initiative__changed_at")[first : first + most]
