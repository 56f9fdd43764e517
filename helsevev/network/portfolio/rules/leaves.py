"""The single values of the file: each is tidied and checked in one function, with one sentence for what is wrong."""

import math
import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from helsevev.core import dates
from helsevev.core.faults import quoted
from helsevev.core.roadmap import PHASES
from helsevev.core.strictjson import unkept_sign
from helsevev.core.words import Refused, gettext_noop

FIRST_AWARD, LAST_AWARD = 1990, 2100
MOST_ROUNDS = 12
LONGEST_SUMMARY = 5_000
MOST_ENTRIES = 200
DEEPEST_FIGURE = 4
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
FIGURE_NAME = re.compile(r"[-\w]{1,80}")
STATUS = re.compile(r"(ongoing|closed)(?:-(.+))?", re.DOTALL)


class Why(StrEnum):
    """Why a value can't be kept."""

    NOT_TEXT = gettext_noop("%(value)s is not text")
    TOO_LONG = gettext_noop("The text has %(length)s characters; at most %(longest)s can be kept")
    EMPTY = gettext_noop("There must be something here")
    BROKEN_TEXT = gettext_noop("The text holds a character that can't be kept: %(code)s")
    NOT_YEAR = gettext_noop("%(value)s is not a year")
    NOT_YEAR_RANGE = gettext_noop("%(value)s is not a year between %(first)s and %(last)s")
    NOT_ROUND = gettext_noop("%(value)s is not the number of a round, 1 to %(last)s")
    NOT_KEY = gettext_noop("%(value)s is not an id: write small letters a to z, digits and single hyphens")
    NOT_DATE = gettext_noop("%(value)s is not a date. Write it as text, such as '2024-10-28'")
    NOT_STATUS = gettext_noop(
        "%(value)s is not a status. Write ongoing or closed, and the date it speaks for where known: closed-2025"
    )
    NOT_ONE_OF = gettext_noop("%(value)s is not one of: %(known)s")
    NOT_YES_OR_NO = gettext_noop("%(value)s is neither true nor false")
    NOT_LINK = gettext_noop("%(value)s is not a link. It must begin with https:// or http://")
    NOT_FIGURE = gettext_noop("%(value)s can't be kept as a figure")
    NOT_FIGURE_NAME = gettext_noop("%(value)s is not the name of a figure: use letters, digits, _ and -")


def fail(why: str, **values: object) -> PydanticCustomError:
    """A fault as pydantic carries it; `file.faults` makes a Refusal of it again."""
    return PydanticCustomError("refused", "refused", {"why": why, "values": values})


def _tidied(value: object, longest: int) -> str:
    """Text with composed letters and without blanks around it; refused when it can't be kept."""
    if not isinstance(value, str):
        raise fail(Why.NOT_TEXT, value=quoted(value))
    if code := unkept_sign(value):
        raise fail(Why.BROKEN_TEXT, code=code)
    text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > longest:
        raise fail(Why.TOO_LONG, length=len(text), longest=longest)
    return text


def line(longest: int) -> Callable[[object], str | None]:
    """Checks text of one line; empty means not stated."""
    return lambda value: None if value is None else " ".join(_tidied(value, longest).split()) or None


def lines(longest: int) -> Callable[[object], str | None]:
    """Checks text that may have several lines; empty means not stated."""
    return lambda value: None if value is None else _tidied(value, longest) or None


def required_line(longest: int) -> Callable[[object], str]:
    """Checks text of one line that must say something."""

    def check(value: object) -> str:
        text = " ".join(_tidied(value, longest).split())
        if not text:
            raise fail(Why.EMPTY)
        return text

    return check


def key(value: object) -> str | None:
    """A project's id."""
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > 100 or not KEY.fullmatch(value):
        raise fail(Why.NOT_KEY, value=quoted(value))
    return value


def required_key(value: object) -> str:
    """A project's id, which must be there."""
    return key("" if value is None else value) or ""


def year(value: object) -> int | None:
    """The year of an award."""
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        raise fail(Why.NOT_YEAR, value=quoted(value))
    if not FIRST_AWARD <= value <= LAST_AWARD:
        raise fail(Why.NOT_YEAR_RANGE, value=quoted(value), first=FIRST_AWARD, last=LAST_AWARD)
    return value


def award_round(value: object) -> int | None:
    """The round of an award."""
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_ROUNDS:
        raise fail(Why.NOT_ROUND, value=quoted(value), last=MOST_ROUNDS)
    return value


def partial_date(value: object) -> str | None:
    """A date as precise as the source."""
    return None if value in (None, "") else required_date(value)


def required_date(value: object) -> str:
    """A date that must be there."""
    if not isinstance(value, str):
        raise fail(Why.NOT_DATE, value=quoted(value))
    try:
        return str(dates.parse(value.strip()))
    except Refused as refused:
        raise fail(refused.refusals[0].why, **refused.refusals[0].values) from refused


def status(value: object) -> str | None:
    """`ongoing` or `closed`, with the date it speaks for after a hyphen."""
    if value in (None, ""):
        return None
    found = STATUS.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise fail(Why.NOT_STATUS, value=quoted(value))
    if found[2] is not None:
        required_date(found[2])
    return str(value)


def one_of(*known: str) -> Callable[[object], str | None]:
    """Checks one of a few fixed words; empty means not stated."""

    def check(value: object) -> str | None:
        if value in (None, ""):
            return None
        if value not in known:
            raise fail(Why.NOT_ONE_OF, value=quoted(value), known=", ".join(known))
        return str(value)

    return check


def phase(value: object) -> str:
    """A phase of the Roadmap."""
    return one_of(*PHASES)("?" if value in (None, "") else value) or ""


def yes_or_no(value: object) -> bool:
    """A flag; not stated is no."""
    if value is None or isinstance(value, bool):
        return bool(value)
    raise fail(Why.NOT_YES_OR_NO, value=quoted(value))


def link(value: object) -> str | None:
    """An address on the web, of the two kinds that are safe to click."""
    text = line(500)(value)
    if text is None:
        return None
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in text
    except ValueError:
        sound = False
    if not sound:
        raise fail(Why.NOT_LINK, value=quoted(text))
    return text


def figure_name(value: object) -> str:
    """What a figure counts, as a short name that the table of figures explains."""
    if not isinstance(value, str) or not FIGURE_NAME.fullmatch(value):
        raise fail(Why.NOT_FIGURE_NAME, value=quoted(value))
    return value


def figure_value(value: object, depth: int = 0) -> Any:  # noqa: ANN401 - any JSON
    """A figure's value: a number, text, or short lists and objects of them; None where nothing is stated."""
    if isinstance(value, str):
        return _tidied(value, 500) or None
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    if depth < DEEPEST_FIGURE and isinstance(value, list) and len(value) <= MOST_ENTRIES:
        return [figure_value(below, depth + 1) for below in value]
    if depth < DEEPEST_FIGURE and isinstance(value, dict) and len(value) <= MOST_ENTRIES:
        return {_tidied(name, 100): figure_value(below, depth + 1) for name, below in value.items()}
    raise fail(Why.NOT_FIGURE, value=quoted(value))


def schema(kind: str, note: str = "", **more: object) -> WithJsonSchema:
    """What the JSON Schema says of a value; all but those marked required may be null."""
    types = {"type": [kind, "null"]} if not more.pop("required", False) else {"type": kind}
    return WithJsonSchema({**types, **({"description": note} if note else {}), **more})


DATE_PATTERN = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
Line300 = Annotated[str | None, PlainValidator(line(300)), schema("string", maxLength=300)]
Line200 = Annotated[str | None, PlainValidator(line(200)), schema("string", maxLength=200)]
Line120 = Annotated[str | None, PlainValidator(line(120)), schema("string", maxLength=120)]
Line60 = Annotated[str | None, PlainValidator(line(60)), schema("string", maxLength=60)]
Long = Annotated[str | None, PlainValidator(lines(LONGEST_SUMMARY)), schema("string", maxLength=LONGEST_SUMMARY)]
Name = Annotated[str, PlainValidator(required_line(200)), schema("string", maxLength=200, minLength=1, required=True)]
Key = Annotated[str | None, PlainValidator(key), schema("string", "The id of another project.", maxLength=100)]
OwnKey = Annotated[
    str,
    PlainValidator(required_key),
    schema("string", "Small letters, digits and hyphens.", pattern=f"^{KEY.pattern}$", maxLength=100, required=True),
]
Year = Annotated[int | None, PlainValidator(year), schema("integer", minimum=FIRST_AWARD, maximum=LAST_AWARD)]
Round = Annotated[int | None, PlainValidator(award_round), schema("integer", minimum=1, maximum=MOST_ROUNDS)]
When = Annotated[
    str,
    PlainValidator(required_date),
    schema("string", "2024, 2024-10 or 2024-10-28.", pattern=DATE_PATTERN, required=True),
]
MaybeWhen = Annotated[
    str | None, PlainValidator(partial_date), schema("string", "2024, 2024-10 or 2024-10-28.", pattern=DATE_PATTERN)
]
Status = Annotated[
    str | None,
    PlainValidator(status),
    schema(
        "string", "ongoing or closed, with the date it speaks for: closed-2025.", pattern="^(ongoing|closed)(-.+)?$"
    ),
]
Innovation = Annotated[
    str | None,
    PlainValidator(one_of("innovation", "spread")),
    WithJsonSchema({"enum": ["innovation", "spread", None]}),
]
How = Annotated[
    str | None, PlainValidator(one_of("actual", "planned")), WithJsonSchema({"enum": ["actual", "planned", None]})
]
PhaseCode = Annotated[str, PlainValidator(phase), WithJsonSchema({"enum": list(PHASES)})]
Flag = Annotated[bool, PlainValidator(yes_or_no), schema("boolean")]
Link = Annotated[str | None, PlainValidator(link), schema("string", format="uri", maxLength=500)]
FigureName = Annotated[str, PlainValidator(figure_name), schema("string", required=True)]
FigureValue = Annotated[
    Any,
    PlainValidator(figure_value),
    WithJsonSchema({"description": "A number, text, or a short list or object of them; null where not stated."}),
]
