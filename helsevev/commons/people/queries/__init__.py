"""Every question asked of people and organisations."""

from helsevev.commons.people.queries.accounts import SECOND_FACTORS, person, person_of
from helsevev.commons.people.queries.organisations import directory, nearest, organisation, resolve

__all__ = ["SECOND_FACTORS", "directory", "nearest", "organisation", "person", "person_of", "resolve"]
