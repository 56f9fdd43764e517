"""Agreed words as definitions wherever they occur: a link in the text to the definition at the foot of the page."""

from django import template
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from helsevev.core.marking import Bit
from helsevev.network.portfolio.panels.words import Glossary

register = template.Library()
BREAK = SafeString("<br>")


@register.simple_tag(takes_context=True)
def defined(context: Context, text: object) -> SafeString:
    """`{% defined task.title %}`: the text, each agreed word in it a link to what it means."""
    return _marked(str(text or ""), _glossary(context))


@register.simple_tag(takes_context=True)
def defined_lines(context: Context, text: object) -> SafeString:
    """The same for a text of several lines."""
    glossary = _glossary(context)
    return format_html_join(BREAK, "{}", ((_marked(line, glossary),) for line in str(text or "").splitlines()))


@register.inclusion_tag("portfolio/_agreed_words.html", takes_context=True)
def definitions(context: Context) -> dict[str, object]:
    """`{% definitions %}`: what the words that the page has marked mean, once, at its foot."""
    return {"words": _glossary(context).met}


def _glossary(context: Context) -> Glossary:
    """The page's own; a page that has none marks nothing."""
    found = context.get("agreed_words")
    return found if isinstance(found, Glossary) else Glossary()


def _marked(text: str, glossary: Glossary) -> SafeString:
    return format_html_join("", "{}", ((_bit(one),) for one in glossary.marked(text)))


def _bit(bit: Bit) -> SafeString | str:
    if bit.word is None:
        return bit.text
    return format_html('<a class="agreed-word" href="#word-{}">{}</a>', bit.word.key, bit.text)
