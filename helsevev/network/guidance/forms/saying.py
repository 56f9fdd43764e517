"""How a refusal is said in the reader's language."""

from datetime import date, datetime

from django.utils import dateformat, timezone
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from helsevev.core.words import Refusal, Refused


def said(refusal: Refusal) -> str:
    """A refusal in the reader's language; words from our own tables and days with it."""
    return _(refusal.why) % {name: _told(value) for name, value in refusal.values.items()}


def all_said(refused: Refused) -> list[str]:
    """Every reason."""
    return [said(one) for one in refused.refusals]


def _told(value: object) -> object:
    if isinstance(value, datetime):
        return dateformat.format(timezone.localtime(value), get_format("DATETIME_FORMAT"))
    if isinstance(value, date):
        return dateformat.format(value, get_format("DATE_FORMAT"))
    return _(value) if isinstance(value, str) and value else value
