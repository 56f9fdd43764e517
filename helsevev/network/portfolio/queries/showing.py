"""Projects as the index knows them: made anew from what stands, for many at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from django.urls import reverse

from helsevev.commons.finding.rules import Doc
from helsevev.commons.initiatives import queries as initiatives
from helsevev.commons.initiatives.models import PhaseMove
from helsevev.commons.people.models import Organisation
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.queries.standing import portions, standings
from helsevev.network.portfolio.rules.showing import Surroundings, document, kinship, organisations

ONE_DAY = timedelta(days=1)


def index_documents(keys: Iterable[str], today: date) -> Iterator[Doc]:
    """The documents of these projects as they stand now."""
    taxonomy = initiatives.taxonomy()
    kin = kinship(initiatives.edges())
    # Addresses are kept without the language that they begin with.
    home = "/" + reverse("portfolio:list").split("/", 2)[2]
    for portion in portions(keys):
        found = {key: standing for key, standing in standings(portion).items() if standing.project}
        parties = {one for standing in found.values() for one in organisations(standing.fields)}
        names, counties = _organisations(parties)
        around = Surroundings(taxonomy, names, counties, kin, today)
        for key, standing in found.items():
            yield replace(document(key, standing.fields, around), address=f"{home}{key}/")


def _organisations(keys: Iterable[str]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Names and counties of organisations by key."""
    rows = [
        row
        for portion in portions(sorted(keys))
        for row in Organisation.objects.filter(key__in=portion).values_list("key", "name", "county_number").order_by()
    ]
    return {key: name for key, name, _county in rows}, {key: county for key, _name, county in rows}


def every_key() -> list[str]:
    """The keys of all projects."""
    return list(Project.objects.order_by("pk").values_list("initiative__key", flat=True))


def keys_that_move(first: date, last: date) -> list[str]:
    """Projects that enter a phase between two days, or whose stated time in one ended the day before one of them."""
    counting = PhaseMove.objects.filter(withdrawn_at=None, planned=False).order_by()
    entered = counting.filter(first_day__range=(first, last))
    ended = counting.filter(last_day__range=(first - ONE_DAY, last - ONE_DAY))
    return sorted((entered | ended).values_list("initiative__key", flat=True).distinct())
