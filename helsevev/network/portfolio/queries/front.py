"""What the front page and search engines ask of the portfolio: a few numbers, and the keys of all that is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.utils import timezone

from helsevev.commons.initiatives.models import Initiative, Party
from helsevev.commons.people.models import Organisation
from helsevev.core.roadmap import Counts
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.queries.records import phases_on

AWARDED = Project.Listing.AWARDED


@dataclass(frozen=True)
class Figures:
    """The portfolio's key figures (nøkkeltall): those of projects that were awarded support."""

    projects: int
    first_year: int | None
    spreading: int
    kind_stated: int
    organisations: int
    phases: Counts


def figures() -> Figures:
    """The key figures today: three statements and one for the phases."""
    spread = Q(initiative__kind=Initiative.Kind.SPREAD)
    counted = Project.objects.filter(published=True, listing=AWARDED).aggregate(
        projects=Count("pk"),
        first_year=Min("award_year"),
        spreading=Count("pk", filter=spread),
        kind_stated=Count("pk", filter=~Q(initiative__kind="")),
    )
    own = Party.objects.filter(
        organisation=OuterRef("pk"), initiative__project__published=True, initiative__project__listing=AWARDED
    )
    organisations = Organisation.objects.filter(Exists(own)).count()
    return Figures(**counted, organisations=organisations, phases=phases_on(timezone.localdate(), AWARDED))


def published_count() -> int:
    """How many projects are open to everyone, on all lists."""
    return Project.objects.filter(published=True).count()


def published_keys(first: int, most: int) -> Iterable[tuple[str, datetime]]:
    """Some of their keys with when each last changed, in an order that stays."""
    rows = Project.objects.filter(published=True).order_by("initiative__key")
    return rows.values_list("initiative__key", "initiative__changed_at")[first : first + most]
