"""Traces of a person (personopplysninger) in what is about to lie on the shelf. Pure."""

import re
from collections.abc import Iterator, Mapping

from helsevev.commons.shelf.rules.bodies import JSON
from helsevev.core.words import gettext_noop

E_MAIL = gettext_noop("%(place)s: looks like an e-mail address. Nothing about a person may lie on the shelf.")
NATIONAL_ID = gettext_noop(
    "%(place)s: looks like a national identity number. Nothing about a person may lie on the shelf."
)
PHONE = gettext_noop("%(place)s: looks like a phone number. Nothing about a person may lie on the shelf.")

MAIL_ADDRESS = re.compile(r"[^\s@<>()\[\],;:]+@[^\s@<>()\[\],;:]+\.[^\W\d_]{2,}")
ELEVEN_DIGITS = re.compile(r"(?<!\d)\d{6}[ .\u00a0-]?\d{5}(?!\d)")
# Phone numbers as people write them: 91234567, 912 34 567, 22 33 44 55, with or without +47, and foreign ones.
IN_PAIRS = r"(?<!\d)[2-9]\d(?P<gap>[ .\u00a0])\d\d(?P=gap)\d\d(?P=gap)\d\d(?!\d)"
IN_THREES = r"(?<!\d)[489]\d\d[ \u00a0]\d\d[ \u00a0]\d{3}(?!\d)"
TOGETHER = r"(?<!\d)[2-9]\d{7}(?!\d)"
FOREIGN = r"(?<!\d)(?:\+|00)[1-9](?:[ \u00a0-]?\d){7,14}(?!\d)"
PHONE_NUMBER = re.compile(f"{IN_PAIRS}|{IN_THREES}|{TOGETHER}|{FOREIGN}")
# 20230115 is a date, and far more often so than a phone number.
COMPACT_DATE = re.compile(r"20\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")


def values(value: JSON | Mapping[str, JSON], place: str = "") -> Iterator[tuple[str, JSON]]:
    """Every single value in a body and every name in it, each with its place."""
    if isinstance(value, Mapping):
        for name, one in value.items():
            at = f"{place}.{name}" if place else str(name)
            yield at, str(name)
            yield from values(one, at)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from values(one, f"{place}[{number}]")
    else:
        yield place, value


def tells_of_person(value: JSON) -> str | None:
    """Why a value seems to tell of a person; a plain number can only be an identity number."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value)
    if MAIL_ADDRESS.search(text):
        return E_MAIL
    if ELEVEN_DIGITS.search(text):
        return NATIONAL_ID
    if isinstance(value, str) and any(not COMPACT_DATE.fullmatch(found[0]) for found in PHONE_NUMBER.finditer(text)):
        return PHONE
    return None
