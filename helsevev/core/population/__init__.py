"""Inhabitants by municipality, year and age (befolkning), and how many of them need a service (behov). Pure."""

from helsevev.core.population.needs import Need, need
from helsevev.core.population.people import Kind, Population

__all__ = ["Kind", "Need", "Population", "need"]
