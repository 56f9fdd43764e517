"""A figure's value as readers of one language write it: numbers, shares, days, spans and series (tallverdi)."""

from collections.abc import Mapping

from helsevev.core.charts.wording import stated

EN_DASH, SPACE = "\N{EN DASH}", "\N{NO-BREAK SPACE}"
PAIR = 2


def said(value: object, kind: str, language: str) -> str:
    """The value on one line. `kind` is that of data/figures.csv: a share is a percentage, a date's number a year."""
    if isinstance(value, Mapping):
        return ", ".join(f"{said(one, kind, language)} ({stated(str(at), language)})" for at, one in value.items())
    if isinstance(value, (list, tuple)):
        parts = [said(one, kind, language) for one in value]
        if len(parts) != PAIR or any(isinstance(one, (list, tuple)) for one in value):
            return ", ".join(parts)
        between = EN_DASH if all(part.isdigit() for part in parts) else f" {EN_DASH} "
        return between.join(parts)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value) if kind == "date" else number(value, language, share=kind == "share")
    return stated(str(value), language)


def number(value: float, language: str, *, share: bool = False) -> str:
    """With the thousands apart, and a comma where the language has one."""
    shown = round(value * 100, 1) if share else value
    text = f"{shown:,}" if isinstance(shown, int) else f"{shown:,.6g}" if abs(shown) < 10**6 else f"{shown:,.0f}"
    return text.replace(",", SPACE) if language == "en" else text.replace(",", SPACE).replace(".", ",")
