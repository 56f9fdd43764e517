"""Refusals in the page's language; what the form itself says is said in that language too."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from helsevev.commons.forms.forms.questions import language
from helsevev.core.questionnaire.texts import Text
from helsevev.core.words import Refusal


@dataclass(frozen=True)
class FileAddress:
    """The owning room's address of a file, as a template can hold it: Django calls what it can, unless told not to."""

    of: Callable[[str], str] | None = None
    do_not_call_in_templates = True


def said(refusal: Refusal) -> str:
    """The sentence, with texts of the form and other sentences within it."""
    values: Mapping[str, Any] = {name: _value(value) for name, value in refusal.values.items()}
    return gettext(refusal.why) % values


def _value(value: object) -> object:
    if isinstance(value, Refusal):
        return said(value)
    return value.in_language(language()) if isinstance(value, Text) else value
