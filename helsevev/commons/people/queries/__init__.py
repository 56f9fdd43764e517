"""Every question asked of people and organisations."""

from helsevev.commons.people.queries.accounts import SECOND_FACTORS, person, person_of

__all__ = ["SECOND_FACTORS", "person", "person_of"]
