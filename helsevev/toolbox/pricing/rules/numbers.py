"""Numbers as people write them: 1 234,5 and 1,234.5 and 12 %; and as fields show them. Pure."""

import re

SPACES = re.compile(r"[\s\u00a0\u202f']+")
NUMBER = re.compile(r"[-\u2212]?\d+([.,]\d+)?")
GROUPED = re.compile(r"[-\u2212]?[1-9]\d{0,2}([.,]\d{3})+")


def number(text: str, decimal: str = "") -> float | None:
    """The number that a text says; None where it says none. A comma or a point is a decimal sign; a percent divides.

    `decimal` is the reader's own decimal sign. With it, 650,000 is six hundred and fifty thousand to an English reader,
    and 650.000, which a Norwegian may mean either way, is no number: nothing wrong may look right.
    """
    plain = SPACES.sub("", text.strip())
    percent = plain.endswith("%")
    plain = plain.removesuffix("%").removesuffix("kr")
    if "," in plain and "." in plain:
        thousands = "," if plain.rindex(".") > plain.rindex(",") else "."
        plain = plain.replace(thousands, "")
    elif found := GROUPED.fullmatch(plain):
        sign = found[1][0]
        if plain.count(sign) > 1 or (sign == "," and decimal == "."):
            plain = plain.replace(sign, "")
        elif sign == "." and decimal == ",":
            return None
    if not NUMBER.fullmatch(plain) or len(plain) > 20:
        return None
    value = float(plain.replace(",", ".").replace("\u2212", "-"))
    value = value / 100 if percent else value
    return int(value) if value.is_integer() else value


def written(value: object, decimal: str = ".") -> str:
    """A number as a field shows it, with as many decimals as it has; anything else as it was typed."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    plain = f"{value:.12g}" if "e" not in f"{value:.12g}" else f"{value:f}"
    return plain.replace(".", decimal)


def linked(value: float) -> str:
    """A number in an address, which readers of every language take for the same: never three decimals alone."""
    plain = written(value)
    return f"{plain}0" if len(plain.partition(".")[2]) == 3 else plain
