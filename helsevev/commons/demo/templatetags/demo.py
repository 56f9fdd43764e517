"""The cast, for the sign-in page."""

from django import template

from helsevev.commons.demo import queries
from helsevev.commons.demo.rules import Invented

register = template.Library()


@register.simple_tag
def demo_cast() -> list[Invented]:
    """The invented people who can be signed in as."""
    return queries.cast()
