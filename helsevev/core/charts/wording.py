"""Numbers and dates as they are written in Bokmål, Nynorsk and English. "2023-01" is a month, "2023" a year."""

from helsevev.core import dates
from helsevev.core.words import Refused

_MONTHS = {
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "nn": "januar februar mars april mai juni juli august september oktober november desember",
    "en": "January February March April May June July August September October November December",
}
_SHORT = {
    "nb": "jan. feb. mars april mai juni juli aug. sep. okt. nov. des.",
    "nn": "jan. feb. mars april mai juni juli aug. sep. okt. nov. des.",
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
}
_THIN_SPACE, _MINUS, _HARD_SPACE = "\u202f", "\u2212", "\u00a0"
_GROUPED_FROM = {"nb": 10_000, "nn": 10_000, "en": 1_000}  # Norwegian leaves four digits together


def number(value: float, language: str, decimals: int | None = None) -> str:
    """A number as one writes it: 12 345,5 in Norwegian, 12,345.5 in English; decimals only where there are some."""
    places = decimals if decimals is not None else (0 if float(value).is_integer() else 1)
    digits = f"{abs(value):,.{places}f}"
    if round(abs(value), places) < _GROUPED_FROM[language]:
        digits = digits.replace(",", "")
    if language != "en":
        digits = digits.replace(",", _THIN_SPACE).replace(".", ",")
    return f"{_MINUS}{digits}" if value < 0 and digits.strip("0,.") else digits


def share(part: float, whole: float, language: str) -> str:
    """A share in whole per cent; never 0 for something and never 100 for less than everything."""
    rounded = round(100 * part / whole) if whole else 0
    if whole and 0 < part < whole:
        rounded = min(max(rounded, 1), 99)
    return f"{rounded}%" if language == "en" else f"{rounded}{_HARD_SPACE}%"


def day(written: str, language: str, *, short: bool = False) -> str:
    """A date as precise as it was written: "15. januar 2023", "January 2023", "2023"."""
    year, *rest = written.split("-")
    if not rest:
        return year
    month = (_SHORT if short else _MONTHS)[language].split()[int(rest[0]) - 1]
    if len(rest) == 1:
        return f"{month} {year}"
    dot = "" if language == "en" else "."
    return f"{int(rest[1])}{dot} {month} {year}"


def stated(written: str, language: str) -> str:
    """What a source states, where it is a date as precise as it was written; any other text as it is."""
    try:
        dates.parse(written)
    except Refused:
        return written
    return day(written, language)
