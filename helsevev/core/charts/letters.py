"""How much room words take, and where they break.

The sizes are Inter's own, rounded, so that a drawing is the same on every machine, whatever fonts it has.
"""

import unicodedata
from collections.abc import Iterable

# Hundredths of the type size.
_HUNDREDTHS = {
    24: "ijlìíîï",
    28: "I \u00a0",
    29: "!,.:¡·;'´`",
    33: "t|ŧ",
    36: "()/[]\\f",
    38: "rř",
    41: "1",
    44: "{}²³",
    47: '-_°^"',
    50: "*",
    53: "s?śš",
    55: "kxzžź",
    56: "avyàáâãäåý",
    57: "7JLcçčć§",
    59: "5Fhnuñŋùúûüēŏeèéêë",
    60: "Eoòóôõöø«»",
    62: "bdgpq236đ",
    64: "#089ZŽ$&PRSŠß",
    66: "4BTŦ+<=>~±×÷−",
    68: "KXYÝ",
    70: "AVÀÁÂÃÄÅ",
    74: "DCHUÇČÐĐÙÚÛÜ",
    76: "GNOQŊÑÒÓÔÕÖØ",
    82: "w",
    88: "m",
    92: "Mæ",
    100: "W@%ÆŒœ",
}
_EM = {letter: size / 100 for size, letters in _HUNDREDTHS.items() for letter in letters}
_WIDE_EM, _CAPITAL_EM, _USUAL_EM, _SPACE_EM = 1.0, 0.72, 0.6, 0.28
_STRONG = 1.05
_LEAST_LEFT = 3  # letters that a cut leaves for the next line


def _em(letter: str) -> float:
    """One letter's width where the type size is 1."""
    if letter in _EM:
        return _EM[letter]
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return _WIDE_EM
    if letter.isspace():
        return _SPACE_EM
    return _CAPITAL_EM if letter.isupper() else _USUAL_EM


def measure(text: str, size: float, *, strong: bool = False) -> float:
    """How wide a line is."""
    return sum(map(_em, text)) * size * (_STRONG if strong else 1)


def clean(text: str) -> str:
    """The words literally, on one line, without letters that a picture file can't hold."""
    kept = "".join(" " if letter.isspace() and letter not in "\u00a0\u202f\u2009" else letter for letter in text)
    kept = "".join(letter for letter in kept if unicodedata.category(letter) not in {"Cc", "Cs"})
    kept = "".join(letter for letter in kept if letter not in "\ufffe\uffff")
    return " ".join(part for part in kept.split(" ") if part)


def wrap(text: str, room: float, size: float, *, most: int = 3, strong: bool = False) -> tuple[str, ...]:
    """The text in at most `most` lines, none wider than `room`; what doesn't fit ends in three dots."""
    lines: list[str] = []
    for word in _breakable(clean(text).split(" "), room, size, strong):
        candidate = f"{lines[-1]} {word}" if lines else word
        if lines and measure(candidate, size, strong=strong) <= room:
            lines[-1] = candidate
        else:
            lines.append(word)
        if len(lines) > most:
            return (*lines[: most - 1], _shortened(lines[most - 1], room, size, strong))
    return tuple(lines) or ("",)


def _breakable(words: Iterable[str], room: float, size: float, strong: bool) -> Iterable[str]:
    """The words, each cut with a hyphen where it alone is wider than the room."""
    for word in words:
        rest = word
        while measure(rest, size, strong=strong) > room and len(rest) > 1:
            fits = _fitting(rest, room, size, strong, "-")
            fits = max(min(fits, len(rest) - _LEAST_LEFT), 1)
            yield f"{rest[:fits]}-"
            rest = rest[fits:]
        yield rest


def _fitting(text: str, room: float, size: float, strong: bool, ending: str) -> int:
    """How many letters fit before the ending; at least one."""
    fits = len(text) - 1
    while fits > 1 and measure(text[:fits] + ending, size, strong=strong) > room:
        fits -= 1
    return max(fits, 1)


def _shortened(text: str, room: float, size: float, strong: bool) -> str:
    """A last line that says by three dots that there was more."""
    if measure(f"{text}…", size, strong=strong) <= room:
        return f"{text}…"
    return f"{text[: _fitting(text, room, size, strong, '…')].rstrip()}…"
