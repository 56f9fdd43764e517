"""Reads a JSON file that people write: all that JSON lets pass and nobody means is a fault with its place.

Python's own reader lets the last of two equal keys win, accepts NaN, and stops with a traceback on deep nesting.
"""

import json
import math
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from helsevev.core.faults import Fault, Faulty, Step, place, quoted
from helsevev.core.words import Refusal, gettext_noop

LARGEST_BYTES = 50_000_000
DEEPEST = 12
MOST_DIGITS = 18
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
UNKEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Why(StrEnum):
    """Why a file can't be read as JSON."""

    EMPTY = gettext_noop("The file is empty")
    TOO_BIG = gettext_noop("The file is larger than %(megabytes)s MB")
    NOT_UTF8 = gettext_noop("The file isn't UTF-8: byte %(position)s (%(byte)s) can't be read. Save it as UTF-8")
    NOT_JSON = gettext_noop("The file isn't JSON: line %(line)s, column %(column)s: %(what)s")
    TOO_DEEP = gettext_noop("Lists and objects lie more than %(deepest)s deep in one another")
    NOT_FINITE = gettext_noop("%(text)s is not a number that can be kept")
    TOO_MANY_DIGITS = gettext_noop("The number has more than %(digits)s digits")
    TWICE = gettext_noop("The key %(key)s stands twice")
    BROKEN_TEXT = gettext_noop("The text holds a character that can't be kept: %(code)s")


class _Unkept:
    """Stands where a number stood that can't be kept."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal


class _Object(dict[str, object]):
    """An object that remembers which keys stood twice."""

    twice: tuple[str, ...] = ()


def read(raw: bytes, deepest: int = DEEPEST) -> tuple[object, list[Fault]]:
    """The value that the bytes hold, and the faults in it; what can't be read at all is raised as `Faulty`.

    Where a number stood that can't be kept there is None in the value. `deepest` is for formats that lie deep.
    """
    root = [_parse(_text(raw), deepest)]
    faults = list(_faults(root, deepest))
    return root[0], faults


def keepable(value: object) -> object:
    """The value with a mark in place of what no database keeps in its texts: NUL, and halves of characters."""
    if isinstance(value, str):
        return UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {keepable(key): keepable(one) for key, one in value.items()}
    return [keepable(one) for one in value] if isinstance(value, list | tuple) else value


def _refuse(why: Why, **values: object) -> Faulty:
    """A fault of the file as a whole."""
    return Faulty([Fault("", Refusal(why, values))])


def _text(raw: bytes) -> str:
    """The bytes as text; a byte order mark is let pass."""
    if len(raw) > LARGEST_BYTES:
        raise _refuse(Why.TOO_BIG, megabytes=LARGEST_BYTES // 1_000_000)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The decoder counts from behind the byte order mark; people count from the beginning of the file.
        skipped = 3 if raw.startswith(b"\xef\xbb\xbf") else 0
        raise _refuse(
            Why.NOT_UTF8, position=error.start + skipped + 1, byte=f"0x{error.object[error.start]:02x}"
        ) from error
    if not text.strip():
        raise _refuse(Why.EMPTY)
    return text


def _parse(text: str, deepest: int) -> object:
    """The value, with marks where a number or a key can't be kept."""
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float, parse_int=_whole
        )
    except json.JSONDecodeError as error:
        raise _refuse(Why.NOT_JSON, line=error.lineno, column=error.colno, what=error.msg) from error
    except RecursionError as error:
        raise _refuse(Why.TOO_DEEP, deepest=deepest) from error


def _object(pairs: list[tuple[str, object]]) -> _Object:
    """An object; keys that stand twice are noted."""
    made = _Object(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _value in pairs]
        made.twice = tuple(dict.fromkeys(key for key in keys if keys.count(key) > 1))
    return made


def _constant(text: str) -> _Unkept:
    """NaN and the infinities, which JSON doesn't have."""
    return _Unkept(Refusal(Why.NOT_FINITE, {"text": text}))


def _float(text: str) -> float | _Unkept:
    """A number with decimals, unless it is too large for any machine."""
    value = float(text)
    return value if math.isfinite(value) else _constant(text[:20])


def _whole(text: str) -> int | _Unkept:
    """A whole number, unless it is absurdly long."""
    if len(text.lstrip("-")) > MOST_DIGITS:
        return _Unkept(Refusal(Why.TOO_MANY_DIGITS, {"digits": MOST_DIGITS}))
    return int(text)


def _faults(root: list[object], deepest: int) -> Iterator[Fault]:
    """Every fault of the one value in `root` and of all below it, in the order of the file."""
    # Each value by its steps, what holds it (a list or an object), and where it lies there.
    waiting: list[tuple[tuple[Step, ...], Any, Step]] = [((), root, 0)]
    while waiting:
        steps, holder, at = waiting.pop()
        value = holder[at]
        if isinstance(value, _Unkept):
            yield Fault(place(steps), value.refusal)
            holder[at] = None
        elif len(steps) > deepest:
            yield Fault(place(steps), Refusal(Why.TOO_DEEP, {"deepest": deepest}))
        else:
            yield from _faults_here(steps, value)
            waiting += [((*steps, below), value, below) for below in _below(value)]


def _below(value: object) -> list[Step]:
    """Where the values within a value lie, the last first."""
    if isinstance(value, dict):
        return list(reversed(value))
    return list(reversed(range(len(value)))) if isinstance(value, list) else []


def _faults_here(steps: tuple[Step, ...], value: object) -> Iterator[Fault]:
    """The faults of one value itself."""
    if isinstance(value, str) and (code := unkept_sign(value)):
        yield Fault(place(steps), Refusal(Why.BROKEN_TEXT, {"code": code}))
    elif isinstance(value, _Object):
        for key in value.twice:
            yield Fault(place(steps), Refusal(Why.TWICE, {"key": quoted(key)}))
        for key in value:
            if code := unkept_sign(key):
                yield Fault(place(steps), Refusal(Why.BROKEN_TEXT, {"code": code}))


def unkept_sign(text: str) -> str:
    """The first sign that no database keeps: NUL, a control character, or half of a surrogate pair; else nothing."""
    found = UNKEPT.search(text)
    return f"U+{ord(found.group()):04X}" if found else ""
