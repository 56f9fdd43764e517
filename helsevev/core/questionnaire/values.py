"""What was typed in one place, read as what the question asks for, and held against its limits."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, cast
from zoneinfo import ZoneInfo

from helsevev.core import dates
from helsevev.core.dates import PartialDate
from helsevev.core.questionnaire.model import (
    Attached,
    Item,
    Kind,
    Measured,
    Option,
    Other,
    Typed,
    Unit,
    Value,
)
from helsevev.core.strictjson import unkept_sign
from helsevev.core.words import Refusal, Refused, gettext_noop

LONGEST_TEXT = 20_000
LONGEST_LINE = 2_000
MOST_DIGITS = 15
NUMBER = re.compile(r"([+-]?)([0-9]{1,15})(?:[.,]([0-9]{1,10}))?")
NORWEGIAN_DATE = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?::([0-5][0-9]))?")
ADDRESS = re.compile(r"https?://[^\s<>\"]+\.[^\s<>\"]+|https?://localhost[^\s<>\"]*")
OSLO = ZoneInfo("Europe/Oslo")


class Why(StrEnum):
    """Why an answer isn't one."""

    UNREADABLE = gettext_noop("This answer can't be read. Write it anew.")
    BROKEN_TEXT = gettext_noop("The text holds a character that can't be kept: %(code)s")
    NOT_A_NUMBER = gettext_noop("Write a number, such as 12 or 12.5.")
    NOT_WHOLE = gettext_noop("Write a whole number, without decimals.")
    NOT_A_DATE = gettext_noop("Write a date, such as 2026-03-24.")
    NOT_A_MOMENT = gettext_noop("Write a date and a time, such as 2026-03-24 14:30.")
    NOT_A_TIME = gettext_noop("Write a time, such as 14:30.")
    NOT_AN_ADDRESS = gettext_noop("Write a web address that begins with https://.")
    NOT_A_CHOICE = gettext_noop("This is none of the choices. Choose anew.")
    CHOSEN_ALONE = gettext_noop("“%(option)s” can't be chosen together with others.")
    TOO_SMALL = gettext_noop("The smallest that can be given is %(least)s.")
    TOO_LARGE = gettext_noop("The largest that can be given is %(most)s.")
    TOO_EARLY = gettext_noop("The earliest that can be given is %(least)s.")
    TOO_LATE = gettext_noop("The latest that can be given is %(most)s.")
    TOO_LONG = gettext_noop("The text has %(length)s characters; at most %(longest)s can be kept")
    TOO_SHORT = gettext_noop("The text has %(length)s characters; at least %(shortest)s are asked for.")
    TOO_PRECISE = gettext_noop("At most %(decimals)s decimals can be given.")
    OTHER_PATTERN = gettext_noop("This isn't written in the way that is asked for.")
    PATTERN = "%(text)s"  # the form's own words
    TOO_FEW = gettext_noop("At least %(fewest)s must be given; there are %(count)s.")
    TOO_MANY = gettext_noop("At most %(many)s can be given; there are %(count)s.")
    TOO_BIG = gettext_noop("The file is larger than %(megabytes)s MB")


def is_empty(raw: Value) -> bool:
    """Whether nothing was answered."""
    return raw is None or raw == [] or (isinstance(raw, str) and not raw.strip())


def read(item: Item, raw: Value) -> tuple[tuple[Typed, ...], Refusal | None]:
    """The answers in one place, typed, and what is wrong with them; a list of choices gives several."""
    if is_empty(raw):
        return (), None
    given = raw if item.takes_many and isinstance(raw, list) else [raw]
    found = []
    try:
        for one in given:
            value = READERS[item.kind](item, one)
            _check(item, value, one)
            found.append(value)
        _check_together(item, found)
    except Refused as refused:
        return tuple(found), refused.refusals[0]
    return tuple(found), None


def number(text: str) -> Decimal | None:
    """The number that somebody has typed, with comma or point, with or without spaces between thousands."""
    found = NUMBER.fullmatch(re.sub(r"[\s\u00a0\u202f]", "", text).replace("−", "-"))
    if found is None or len(found.group(2)) + len(found.group(3) or "") > MOST_DIGITS:
        return None
    return Decimal(f"{found.group(1)}{found.group(2)}.{found.group(3) or 0}").normalize() + 0


def written(value: Decimal) -> str:
    """A number as it stands in answers: digits, without an exponent or empty decimals."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day(text: str) -> PartialDate | None:
    """The date that somebody has typed, as 2026-03-24 or 24.3.2026; a month or a year alone is fine."""
    text = text.strip()
    if found := NORWEGIAN_DATE.fullmatch(text):
        text = f"{found.group(3)}-{int(found.group(2)):02}-{int(found.group(1)):02}"
    try:
        return dates.parse(text)
    except Refused:
        return None


def moment(text: str) -> datetime | None:
    """The date and time that somebody has typed; Norwegian time unless it says otherwise."""
    text = text.strip()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        first, _space, rest = text.replace("T", " ").rpartition(" ")
        date_part, clock = day(first), CLOCK.fullmatch(rest)
        if date_part is None or not date_part.is_day or clock is None:
            return None
        found = datetime.combine(date_part.first_day, _time(clock))
    if len(text) <= 10 or not dates.EARLIEST_YEAR <= found.year <= dates.LATEST_YEAR:
        return None
    return found if found.tzinfo else found.replace(tzinfo=OSLO)


def clock_time(text: str) -> time | None:
    """The time of day that somebody has typed."""
    found = CLOCK.fullmatch(text.strip())
    return _time(found) if found else None


def _time(found: re.Match[str]) -> time:
    return time(int(found.group(1)), int(found.group(2)), int(found.group(3) or 0))


def _stop(why: Why, **values: object) -> Refused:
    return Refused(Refusal(why, values))


def _text(_item: Item, raw: Value) -> str:
    if not isinstance(raw, str):
        raise _stop(Why.UNREADABLE)
    if code := unkept_sign(raw):
        raise _stop(Why.BROKEN_TEXT, code=code)
    return raw


def _boolean(_item: Item, raw: Value) -> bool:
    if not isinstance(raw, bool):
        raise _stop(Why.UNREADABLE)
    return raw


def _decimal(item: Item, raw: Value) -> Decimal:
    found = number(_text(item, raw))
    if found is None:
        raise _stop(Why.NOT_A_NUMBER)
    return found


def _integer(item: Item, raw: Value) -> Decimal:
    found = number(_text(item, raw))
    if found is None or found != found.to_integral_value():
        raise _stop(Why.NOT_WHOLE)
    return found


def _date(item: Item, raw: Value) -> PartialDate:
    found = day(_text(item, raw))
    if found is None:
        raise _stop(Why.NOT_A_DATE)
    return found


def _moment(item: Item, raw: Value) -> datetime:
    found = moment(_text(item, raw))
    if found is None:
        raise _stop(Why.NOT_A_MOMENT)
    return found


def _clock(item: Item, raw: Value) -> time:
    found = clock_time(_text(item, raw))
    if found is None:
        raise _stop(Why.NOT_A_TIME)
    return found


def _address(item: Item, raw: Value) -> str:
    found = _text(item, raw).strip()
    if not ADDRESS.fullmatch(found):
        raise _stop(Why.NOT_AN_ADDRESS)
    return found


def _choice(item: Item, raw: Value) -> Option | Other:
    if isinstance(raw, str) and raw in item.option_by_key:
        return item.option_by_key[raw]
    if item.kind is Kind.OPEN_CHOICE and isinstance(raw, dict) and set(raw) == {"other"}:
        return Other(_text(item, raw["other"]))
    raise _stop(Why.NOT_A_CHOICE)


def _quantity(item: Item, raw: Value) -> Measured:
    if isinstance(raw, dict):
        unit = next((one for one in item.units if one.code == raw.get("unit")), None)
        if unit is None:
            raise _stop(Why.NOT_A_CHOICE)
        return Measured(_decimal(item, raw.get("number")), unit)
    return Measured(_decimal(item, raw), item.units[0] if item.units else None)


def _attached(item: Item, raw: Value) -> Attached:
    if not isinstance(raw, dict) or not isinstance(raw.get("file"), str) or not isinstance(raw.get("name"), str):
        raise _stop(Why.UNREADABLE)
    size = raw.get("size")
    return Attached(
        _text(item, raw["file"]),
        _text(item, raw["name"]),
        str(raw.get("kind") or ""),
        size if isinstance(size, int) and not isinstance(size, bool) and size >= 0 else 0,
        str(raw.get("digest") or ""),
    )


READERS: Mapping[Kind, Callable[[Item, Value], Typed]] = {
    Kind.BOOLEAN: _boolean,
    Kind.DECIMAL: _decimal,
    Kind.INTEGER: _integer,
    Kind.DATE: _date,
    Kind.DATE_TIME: _moment,
    Kind.TIME: _clock,
    Kind.STRING: _text,
    Kind.TEXT: _text,
    Kind.URL: _address,
    Kind.CHOICE: _choice,
    Kind.OPEN_CHOICE: _choice,
    Kind.ATTACHMENT: _attached,
    Kind.QUANTITY: _quantity,
    Kind.REFERENCE: _text,
}


def _check(item: Item, value: Typed, raw: Value) -> None:
    """Hold one answer against the question's limits."""
    if isinstance(value, Other):
        _check_text(item, value.text)
    elif isinstance(value, str):
        _check_text(item, value)
    elif isinstance(value, Measured):
        _check_number(item, value.number)
    elif isinstance(value, Decimal):
        _check_number(item, value)
    elif isinstance(value, Attached):
        if item.limits.bytes is not None and value.size > item.limits.bytes:
            raise _stop(Why.TOO_BIG, megabytes=round(item.limits.bytes / 1_000_000, 1))
    elif item.limits.least is not None or item.limits.most is not None:
        _check_order(item, value, raw)


def _check_text(item: Item, text: str) -> None:
    limits = item.limits
    usual = LONGEST_TEXT if item.kind is Kind.TEXT else LONGEST_LINE
    longest = min(limits.longest or usual, usual)
    if len(text) > longest:
        raise _stop(Why.TOO_LONG, length=len(text), longest=longest)
    if limits.shortest is not None and len(text.strip()) < limits.shortest:
        raise _stop(Why.TOO_SHORT, length=len(text.strip()), shortest=limits.shortest)
    if limits.pattern is not None and not limits.pattern.fullmatch(text):
        raise Refused(pattern_refusal(item))


def pattern_refusal(item: Item) -> Refusal:
    """What the form itself says of an answer of another pattern; our own sentence where it says nothing."""
    if limits_text := item.limits.pattern_text:
        return Refusal(Why.PATTERN, {"text": limits_text})
    return Refusal(Why.OTHER_PATTERN)


def _check_number(item: Item, found: Decimal) -> None:
    limits = item.limits
    if limits.least is not None and found < limits.least:
        raise _stop(Why.TOO_SMALL, least=written(limits.least))
    if limits.most is not None and found > limits.most:
        raise _stop(Why.TOO_LARGE, most=written(limits.most))
    if limits.decimals is not None and -cast(int, found.as_tuple().exponent) > limits.decimals:
        raise _stop(Why.TOO_PRECISE, decimals=limits.decimals)


def _check_order(item: Item, value: Typed, _raw: Value) -> None:
    """Dates and times: surely before the first, or surely after the last."""
    least, most = item.limits.least, item.limits.most
    if least is not None and before(value, least):
        raise _stop(Why.TOO_EARLY, least=str(least))
    if most is not None and before(most, value):
        raise _stop(Why.TOO_LATE, most=str(most))


def before(one: Any, other: Any) -> bool:  # noqa: ANN401 anything that has an order
    """Whether one is surely less than the other; what can't be compared isn't."""
    if isinstance(one, PartialDate) and isinstance(other, PartialDate):
        return dates.compare(one, other) == -1
    try:
        return bool(one < other)
    except TypeError:
        return False


def _check_together(item: Item, found: list[Typed]) -> None:
    """Several choices in one answer."""
    if not item.takes_many:
        return
    for one in found:
        if isinstance(one, Option) and one.is_exclusive and len(found) > 1:
            raise _stop(Why.CHOSEN_ALONE, option=one.text)
    if refusal := count_refusal(item, len(found)):
        raise Refused(refusal)


def count_refusal(item: Item, count: int) -> Refusal | None:
    """Why there are too few or too many; None given at all is a matter of what must be filled in."""
    fewest, many = item.limits.fewest, item.limits.many
    if fewest is not None and 0 < count < fewest:
        return Refusal(Why.TOO_FEW, {"fewest": fewest, "count": count})
    if many is not None and count > many:
        return Refusal(Why.TOO_MANY, {"many": many, "count": count})
    return None


def unit_of(item: Item) -> Unit | None:
    """The one unit of a question, where there is one and no choice."""
    return item.units[0] if len(item.units) == 1 else None
