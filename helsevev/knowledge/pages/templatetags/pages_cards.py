"""Cards of pages. A list has fifty, so they are set without a template's nodes; every value is escaped all the same."""

from collections.abc import Iterable
from html import escape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from helsevev.knowledge.pages.queries.listing import Card

register = template.Library()
TAG = '<li><span class="ds-tag" data-color="neutral">{}</span></li>'
CARD = """<article class="ds-card card" data-color="neutral"><p class="card-kicker">{kind}</p>
<h3{lang}><a href="{front}{slug}/">{title}</a></h3>
<p{lang}>{lead}</p>
{tags}<p class="card-foot">{foot}</p></article>
"""


@register.simple_tag
def page_cards(cards: Iterable[Card]) -> SafeString:
    """Each page's kind, title, lead, what it is filed under and its length."""
    front = reverse("pages:front")
    return SafeString("".join(_card(card, front) for card in cards))


def _card(card: Card, front: str) -> str:
    tags = "".join(TAG.format(escape(tag)) for tag in card["tags"])
    return CARD.format(
        kind=escape(card["kind"]),
        lang=f' lang="{escape(card["lang"])}"' if card["lang"] else "",
        front=front,
        slug=escape(card["slug"]),
        title=escape(card["title"]),
        lead=escape(card["lead"]),
        tags=f'<ul class="cluster">{tags}</ul>\n' if tags else "",
        foot=escape(card["foot"]),
    )
