"""A figure's value as a person types it (tall i skjema), and back: whatever is kept can be written and read again.

A number is typed as here ("1 234" or "12,5"), a range or list with semicolons ("2; 4"), a series with its dates
("2025-01-09: 7; 2025-06-13: 28"). Anything in quotation marks is text, and what is stranger still is written as JSON.
"""

import json
import math
import re
from typing import Any

from helsevev.core import dates, strictjson
from helsevev.core.words import Refusal, Refused, gettext_noop

AMBIGUOUS = gettext_noop(
    "%(value)s can be read in two ways. Write thousands with a space (1 234), and decimals with a comma (1,2340)"
)
WHOLE = re.compile(r"-?(?:\d{1,18}|\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,5})")
BROKEN = re.compile(r"(-?(?:\d{1,18}|\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,5}))[.,](\d{1,20})")
SCIENTIFIC = re.compile(r"-?\d(?:\.\d{1,20})?e[+-]?\d{1,3}")
TWO_WAYS = re.compile(r"-?[1-9]\d{0,2}(?:[.,]\d{3})+")
DATED = re.compile(r"(\d{4}(?:-\d{2}){0,2}): ?(.+)", re.DOTALL)
BLANKS = re.compile(r"[ \u00a0\u202f]")
WORDS = {"true": True, "false": False}


def written(value: object) -> str:
    """A value as it stands in the form."""
    if value is None:
        return ""
    simple = _simple(value)
    try:
        if _same(read(simple), value):
            return simple
    except Refused:
        pass
    return json.dumps(value, ensure_ascii=False)


def _same(one: object, other: object) -> bool:
    """Whether two values are the same and of the same type, all the way down."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _simple(value: object) -> str:
    """A value as people write it, where that is enough."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        # A number that could be taken for thousands gets one more decimal.
        return f"{value!r}0" if TWO_WAYS.fullmatch(repr(value)) else repr(value)
    if isinstance(value, list):
        return "; ".join(_simple(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_simple(one)}" for key, one in value.items())
    return str(value)


def read(text: str) -> Any:  # noqa: ANN401 - any JSON
    """The value that was typed; None where nothing was. Refuses a number that can be read in two ways."""
    tidy = text.strip()
    if tidy[:1] in ("[", "{", '"') and (found := _json(tidy)) is not None:
        return found
    parts = [part.strip() for part in tidy.split(";")]
    if len(parts) > 1 and all(parts):
        if all(_is_dated(part) for part in parts):
            return _series(parts)
        if all(_is_plain(part) for part in parts):
            return [_one(part) for part in parts]
    return _series(parts) if _is_dated(tidy) else _one(tidy)


def _json(text: str) -> Any:  # noqa: ANN401
    """What JSON says; None where it is no JSON."""
    try:
        value, faults = strictjson.read(text.encode())
    except (Refused, UnicodeEncodeError):
        return None
    return None if faults else value


def _series(parts: list[str]) -> dict[str, Any]:
    """Values by their dates."""
    pairs = (found for part in parts if (found := DATED.fullmatch(part)))
    return {found[1]: _one(found[2].strip()) for found in pairs}


def _is_dated(text: str) -> bool:
    """Whether this is a value with its date before it."""
    found = DATED.fullmatch(text)
    return bool(found) and _is_date(found[1]) and _is_plain(found[2].strip()) if found else False


def _is_plain(text: str) -> bool:
    """Whether this is a number or a date: what a list or series may hold."""
    numbers = (WHOLE, BROKEN, TWO_WAYS, SCIENTIFIC)
    return any(pattern.fullmatch(text) for pattern in numbers) or _is_date(text)


def _is_date(text: str) -> bool:
    try:
        dates.parse(text)
    except Refused:
        return False
    return True


def _one(text: str) -> Any:  # noqa: ANN401
    """One number, or the text as it is."""
    if TWO_WAYS.fullmatch(text):
        raise Refused(Refusal(AMBIGUOUS, {"value": f"'{text}'"}))
    if WHOLE.fullmatch(text):
        return int(BLANKS.sub("", text))
    if found := BROKEN.fullmatch(text):
        return float(f"{BLANKS.sub('', found[1])}.{found[2]}")
    if SCIENTIFIC.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return WORDS.get(text, text or None)
