"""Agreed words as definitions wherever they occur: a link in the text to the definition at the foot of the page."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from helsevev.network.workspace.rules.concepts import Bit, Word, marked

register = template.Library()
BREAK = SafeString("<br>")


@register.simple_tag
def defined(text: object, words: Sequence[Word] = ()) -> SafeString:
    """`{% defined task.title agreed_words %}`: the text, each agreed word in it a link to what it means."""
    return format_html_join("", "{}", ((_bit(one),) for one in marked(str(text or ""), words or ())))


@register.simple_tag
def defined_lines(text: object, words: Sequence[Word] = ()) -> SafeString:
    """The same for a text of several lines."""
    lines = str(text or "").splitlines()
    return format_html_join(BREAK, "{}", ((defined(line, words),) for line in lines))


def _bit(bit: Bit) -> SafeString | str:
    if bit.word is None:
        return bit.text
    return format_html('<a class="agreed-word" href="#word-{}">{}</a>', bit.word.key, bit.text)


@register.inclusion_tag("workspace/_definitions.html")
def definitions(words: Sequence[Word] = ()) -> dict[str, object]:
    """`{% definitions agreed_words %}`: what the agreed words mean, once, at the foot of the page."""
    return {"words": words}
