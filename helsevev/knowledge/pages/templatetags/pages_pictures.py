"""Pictures and films on pages."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from helsevev.knowledge.pages.rules import videos
from helsevev.knowledge.pages.rules.pictures import WIDTHS, height_at

register = template.Library()


@register.simple_tag
def picture(image: Any, alt: str) -> SafeString:  # noqa: ANN401 - a picture or nothing
    """A picture in the sizes that windows need, made when first asked for; space is kept for it meanwhile."""
    if image is None:
        return SafeString("")
    widths = [width for width in WIDTHS if width < image.width] or [WIDTHS[0]]
    key = image.file.name.partition(".")[0]
    sources = [(reverse("pages:picture", kwargs={"key": key, "width": width}), width) for width in widths]
    return format_html(
        '<img src="{}" srcset="{}" sizes="(min-width: 62rem) 44rem, 100vw" width="{}" height="{}" alt="{}" '
        'loading="lazy" decoding="async">',
        sources[-1][0],
        ", ".join(f"{address} {width}w" for address, width in sources),
        widths[-1],
        height_at(widths[-1], image.width, image.height),
        alt,
    )


@register.simple_tag
def video_frame(address: str) -> str:
    """Where a film can be shown in a frame; empty where it can only be gone to."""
    return videos.embedded(address)
