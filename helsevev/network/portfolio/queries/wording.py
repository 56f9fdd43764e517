"""How facts are written for a reader of one language: texts with their language, dates, numbers, first sentences."""

import re
from collections.abc import Mapping

from django.conf import settings
from django.utils import formats
from django.utils.translation import get_language

from helsevev.core.languages import Text, in_language

__all__ = ["Text", "in_language", "lead", "number", "title_here", "with_unit"]

# Where a full stop is no end: "St. Olavs hospital", "bl.a.", "nr. 3".
ABBREVIATED = re.compile(r"(?:\b(?:St|Dr|dr|nr|Nr|no|No|ca|bl\.a|f\.eks|e\.g|i\.e|jf|kl|pr|inkl)\.|\b[A-ZÆØÅ]\.)$")
SENTENCE_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][»”\"]))\s+(?=[«“\"A-ZÆØÅ0-9])")


def title_here(titles: Mapping[str, str]) -> Text:
    """A title in the language of the page being made."""
    return in_language(get_language() or settings.LANGUAGE_CODE, titles)


def lead(text: str, enough: int = 90, most: int = 260) -> str:
    """The first sentence, and the next where the first says little; cut at a word when it is endless."""
    taken = ""
    for sentence in _sentences(text):
        if taken and (len(taken) >= enough or len(taken) + len(sentence) > most):
            break
        taken = f"{taken} {sentence}".strip()
    if len(taken) <= most:
        return taken
    return taken[: most - 1].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"


def _sentences(text: str) -> list[str]:
    """Sentences in their order; an abbreviation's full stop ends none."""
    found: list[str] = []
    for part in SENTENCE_END.split(" ".join(text.split())):
        if found and ABBREVIATED.search(found[-1]):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return [sentence for sentence in found if sentence]


def number(value: float) -> str:
    """A number with its thousands apart, as the language in force writes it."""
    return formats.number_format(f"{value:.10g}" if isinstance(value, float) else value, force_grouping=True)


def with_unit(amount: str, unit: str, language: str) -> str:
    """An amount and its unit on one line: "20 %" in Norwegian, "20%" and "NOK 670,000" in English."""
    if not unit:
        return amount
    if language == "en" and unit == "%":
        return f"{amount}%"
    if language == "en" and unit == "NOK":
        return f"NOK\N{NO-BREAK SPACE}{amount}"
    return f"{amount}\N{NO-BREAK SPACE}{unit}"
