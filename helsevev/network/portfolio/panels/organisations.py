"""What an organisation's page shows of the portfolio."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils import timezone

from helsevev.core.frame import Block
from helsevev.network.portfolio.queries.choices import Choices
from helsevev.network.portfolio.queries.naming import Naming
from helsevev.network.portfolio.queries.taking_part import counts, parts


def organisation(key: str, units: Mapping[str, str], language: str) -> Iterable[Block]:
    """The projects that it takes part in, by the part it takes."""
    address = reverse("portfolio:list")
    query = Choices().only("organisation", [key]).query
    found = parts(key, units, Naming(language), timezone.localdate())
    context = {"parts": found, "address": address, "list_url": address + query}
    return [Block(10, "portfolio/_organisation.html", context)]


def organisation_counts() -> Mapping[str, int]:
    """How many published projects each organisation takes part in."""
    return counts()
