"""Numbers as people write them: 1 234,5 and 1,234.5 and 12 %. Pure."""

import re

SPACES = re.compile(r"[\s\u00a0\u202f']+")
NUMBER = re.compile(r"[-\u2212]?\d+([.,]\d+)?")


def number(text: str) -> float | None:
    """The number that a text says; None where it says none. A comma is a decimal comma; a percent sign divides."""
    plain = SPACES.sub("", text.strip())
    percent = plain.endswith("%")
    plain = plain.removesuffix("%").removesuffix("kr")
    if "," in plain and "." in plain:
        thousands = "," if plain.rindex(".") > plain.rindex(",") else "."
        plain = plain.replace(thousands, "")
    if not NUMBER.fullmatch(plain) or len(plain) > 20:
        return None
    value = float(plain.replace(",", ".").replace("\u2212", "-"))
    value = value / 100 if percent else value
    return int(value) if value.is_integer() else value


def written(value: object) -> str:
    """A number as a field shows it, with as many decimals as it has; anything else as it was typed."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    return f"{value:.12g}" if "e" not in f"{value:.12g}" else f"{value:f}"
