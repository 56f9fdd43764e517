"""How a refusal (avslag) is said in the reader's language, in a form and on the page that follows."""

from datetime import date, datetime

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils import dateformat, timezone
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from helsevev.core.words import Refusal, Refused


def said(refusal: Refusal, *, typed: bool = False) -> str:
    """A refusal in the reader's language, with its days, other refusals and words from our own tables.

    `typed`: its words are what somebody wrote, and stand as they were written.
    """
    return _(refusal.why) % {name: _told(value, typed=typed) for name, value in refusal.values.items()}


def all_said(refused: Refused, *, typed: bool = False) -> list[str]:
    """Every reason."""
    return [said(one, typed=typed) for one in refused.refusals]


def tell(request: HttpRequest, refused: Refused) -> None:
    """Say why something wasn't done, on the page that follows."""
    for sentence in all_said(refused):
        messages.error(request, sentence)


def refuse(form: BaseForm, refused: Refused, field: str | None = None) -> None:
    """Say in the form why it wasn't done: at a field, or above them all."""
    for sentence in all_said(refused):
        form.add_error(field, sentence)


def _told(value: object, *, typed: bool) -> object:
    if isinstance(value, Refusal):
        return said(value, typed=typed)
    if isinstance(value, datetime):
        return dateformat.format(timezone.localtime(value), get_format("DATETIME_FORMAT"))
    if isinstance(value, date):
        return dateformat.format(value, get_format("DATE_FORMAT"))
    return _(value) if isinstance(value, str) and value and not typed else value
