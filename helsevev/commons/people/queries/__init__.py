"""Every question asked of people and organisations."""

from helsevev.commons.people.queries.accounts import SECOND_FACTORS, person, person_of
from helsevev.commons.people.queries.organisations import (
    OrganisationPage,
    counties,
    directory,
    listed,
    names,
    nearest,
    organisation,
    organisation_page,
    resolve,
)

__all__ = [
    "SECOND_FACTORS",
    "OrganisationPage",
    "counties",
    "directory",
    "listed",
    "names",
    "nearest",
    "organisation",
    "organisation_page",
    "person",
    "person_of",
    "resolve",
]
