"""What the pages of forms need beyond Django's own tags."""

from django import template

register = template.Library()


@register.simple_tag
def file_address(file_url: object, key: str) -> str:
    """The owning room's address of a file; nothing where the room gives none."""
    of = getattr(file_url, "of", None)
    return str(of(key)) if of else ""
