"""What the front door may show of the portfolio."""

from helsevev.network.portfolio.panels.front import datasets, head_links, home, sections
from helsevev.network.portfolio.panels.mine import notices, pages_of, personal_data, waiting
from helsevev.network.portfolio.panels.organisations import organisation, organisation_counts

__all__ = [
    "datasets",
    "head_links",
    "home",
    "notices",
    "organisation",
    "organisation_counts",
    "pages_of",
    "personal_data",
    "sections",
    "waiting",
]
