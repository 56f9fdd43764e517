"""Values worked out from other answers: the small part of FHIRPath that we honour, and refuse to go beyond.

Honoured: `%resource` or `QuestionnaireResponse`, then `.item`, `.descendants()`, `.repeat(item)`, `.answer` and
`.where(linkId = 'x')` in any order that ends at one question, then `.value` (also `.valueDecimal` and its like, and
`.value.value` of a quantity, `.value.code` of a choice); `.ordinal()` and `.weight()`; `.sum()`, `.count()`,
`.min()`, `.max()`, `.avg()`, `.first()`, `.last()`, `.exists()`, `.empty()`, `.not()`, `.round(n)`, `.abs()`;
`iif(a, b, c)`; numbers, texts, true, false, {}; `+ - * / div mod`, `&`, `= != < <= > >=`, `and or`, brackets.
Anything else is refused by name, and the form says that it isn't honoured. As in FHIRPath a value is a collection: what
isn't answered is empty, and empty in a sum of two, a product or a comparison gives empty.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DecimalException
from typing import Any

from helsevev.core.questionnaire.model import Calculation, Lookup, Measured, Option, Other

LONGEST = 2_000
DEEPEST = 40
Collection = list[Any]
Step = Callable[[Lookup], Collection]
TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")|(?P<name>%?[A-Za-z_]\w*)"
    r"|(?P<sign><=|>=|!=|[-+*/=<>&.,(){}]))"
)
VALUES = frozenset(
    f"value{kind}"
    for kind in ("", "Boolean", "Decimal", "Integer", "Date", "DateTime", "Time", "String", "Uri", "Coding", "Quantity")
)
LEVELS: tuple[tuple[str, ...], ...] = (
    ("or", "xor"),
    ("and",),
    ("=", "!="),
    ("<", "<=", ">", ">="),
    ("&",),
    ("+", "-"),
    ("*", "/", "div", "mod"),
)


class Unhonoured(Exception):
    """The expression says something that we don't work out; the message names it."""


@dataclass(frozen=True)
class _Place:
    """Somewhere in the response: at a question once its linkId is known."""

    link: str = ""
    answers: bool = False


def compile_expression(source: str) -> Calculation:
    """The expression made ready to be worked out; raises `Unhonoured` with what is beyond us."""
    if len(source) > LONGEST:
        raise Unhonoured(f"{source[:20]}…")
    reader = _Reader(source)
    try:
        step = reader.level(0)
    except RecursionError:
        raise Unhonoured(f"{source[:20]}…") from None
    if reader.token:
        raise Unhonoured(reader.token[1])
    if isinstance(step, _Place):
        raise Unhonoured(source[:60])
    return Calculation(source, frozenset(reader.links), lambda lookup: _single(step(lookup)))


def _single(found: Collection) -> Any:  # noqa: ANN401 whatever was worked out
    return found[0] if len(found) == 1 else None


class _Reader:
    """Reads an expression from the left, and composes the functions that work it out."""

    def __init__(self, source: str) -> None:
        self.tokens = list(_tokens(source))
        self.at = self.depth = 0
        self.links: set[str] = set()

    @property
    def token(self) -> tuple[str, str] | None:
        """The next token: what it is, and its text."""
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self, *wanted: str) -> str:
        """The next token's text if it is among the wanted; else nothing, and it stays."""
        if self.token and self.token[0] != "text" and self.token[1] in wanted:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return ""

    def need(self, wanted: str) -> None:
        """The next token must be this one."""
        if not self.take(wanted):
            raise Unhonoured(self.token[1] if self.token else wanted)

    def level(self, number: int) -> Any:  # noqa: ANN401 a Step, or a _Place that ends in one
        """An expression of this binding strength or stronger."""
        self.depth += 1
        if self.depth > DEEPEST * len(LEVELS):
            raise Unhonoured("(")
        left = self.level(number + 1) if number < len(LEVELS) else self.signed()
        while number < len(LEVELS) and (operator := self.take(*LEVELS[number])):
            right = self.level(number + 1)
            left = _both(operator, _step(left), _step(right))
        self.depth -= 1
        return left

    def signed(self) -> Any:  # noqa: ANN401 as level
        """A term, perhaps with a sign before it."""
        if self.take("-"):
            inner = _step(self.signed())
            return lambda lookup: [-one for one in inner(lookup) if isinstance(one, Decimal)]
        if self.take("+"):
            return self.signed()
        found = self.term()
        while self.take("."):
            found = self.invoked(found)
        return found

    def term(self) -> Any:  # noqa: ANN401 as level
        """Where an expression begins."""
        if self.take("("):
            inner = self.level(0)
            self.need(")")
            return inner
        if self.take("{"):
            self.need("}")
            return lambda _lookup: []
        if self.token is None:
            raise Unhonoured("")
        kind, text = self.token
        self.at += 1
        if kind in ("number", "text") or text in ("true", "false"):
            return _constant(
                Decimal(text) if kind == "number" else _unquoted(text) if kind == "text" else text == "true"
            )
        if text in ("%resource", "%questionnaireresponse", "QuestionnaireResponse"):
            return _Place()
        if text == "iif":
            return self.iif()
        raise Unhonoured(text)

    def iif(self) -> Step:
        """iif(condition, then, otherwise)."""
        self.need("(")
        condition = _step(self.level(0))
        self.need(",")
        then = _step(self.level(0))
        otherwise: Step = _step(self.level(0)) if self.take(",") else lambda _lookup: []
        self.need(")")
        return lambda lookup: then(lookup) if _truth(condition(lookup)) else otherwise(lookup)

    def invoked(self, found: Any) -> Any:  # noqa: ANN401 as level
        """What stands before a dot, with what stands after it."""
        if self.token is None or self.token[0] != "name":
            raise Unhonoured(self.token[1] if self.token else ".")
        name = self.token[1]
        self.at += 1
        if isinstance(found, _Place):
            return self.moved(found, name)
        if name in ("value", "code", "display"):
            return _mapped(found, PARTS[name])
        if name == "round":
            return self.rounded(found)
        if name not in FUNCTIONS:
            raise Unhonoured(name)
        self.need("(")
        self.need(")")
        function = FUNCTIONS[name]
        return lambda lookup: function(found(lookup))

    def moved(self, place: _Place, name: str) -> Any:  # noqa: ANN401 as level
        """A place in the response, and where a name leads from there."""
        if name == "where":
            return self.where()
        if name in ("descendants", "repeat"):
            self.need("(")
            if name == "repeat":
                self.need("item")
            self.need(")")
            return place
        if name == "item":
            return place
        if name == "answer" and place.link:
            return _Place(place.link, answers=True)
        if place.answers and name in VALUES:
            link = place.link
            return lambda lookup: lookup(link)
        if place.answers and name in ("exists", "empty", "count", "ordinal", "weight"):
            self.at -= 1
            link = place.link
            return self.invoked(lambda lookup: lookup(link))
        raise Unhonoured(name)

    def where(self) -> _Place:
        """where(linkId = 'x'), and nothing else."""
        self.need("(")
        self.need("linkId")
        self.need("=")
        if self.token is None or self.token[0] != "text":
            raise Unhonoured("where")
        link = _unquoted(self.token[1])
        self.at += 1
        self.need(")")
        self.links.add(link)
        return _Place(link)

    def rounded(self, found: Step) -> Step:
        """round(places), half upwards."""
        self.need("(")
        places = 0
        if self.token and self.token[0] == "number":
            places = min(int(Decimal(self.token[1])), 10)
            self.at += 1
        self.need(")")
        unit = Decimal(1).scaleb(-places)
        return lambda lookup: [
            one.quantize(unit, ROUND_HALF_UP) if abs(one) < Decimal(10) ** 15 else one
            for one in found(lookup)
            if isinstance(one, Decimal)
        ]


def _tokens(source: str) -> list[tuple[str, str]]:
    """The tokens of an expression, each with what it is."""
    found, at = [], 0
    source = source.rstrip()
    while at < len(source):
        match = TOKEN.match(source, at)
        if match is None or match.lastgroup is None:
            raise Unhonoured(source[at : at + 20])
        found.append((match.lastgroup, match.group(match.lastgroup)))
        at = match.end()
    return found


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1])


def _constant(value: object) -> Step:
    return lambda _lookup: [value]


def _step(found: Any) -> Step:  # noqa: ANN401 a Step or a _Place
    """What can be worked out; a place that ends at no value can't."""
    if isinstance(found, _Place):
        raise Unhonoured(found.link or "%resource")
    return found  # type: ignore[no-any-return]


def _mapped(found: Step, part: Callable[[Any], Any]) -> Step:
    return lambda lookup: [one for one in map(part, found(lookup)) if one is not None]


def _number(value: object) -> Decimal | None:
    """A value as a number, where it is one."""
    if isinstance(value, Measured):
        return value.number
    return value if isinstance(value, Decimal) else None


def _numbers(found: Collection) -> list[Decimal]:
    return [number for one in found if (number := _number(one)) is not None]


def _truth(found: Collection) -> bool:
    return bool(found and found[0] is True)


def _both(operator: str, left: Step, right: Step) -> Step:
    """Two steps joined by an operator."""
    if operator in ("and", "or", "xor"):
        return lambda lookup: [_logic(operator, _truth(left(lookup)), _truth(right(lookup)))]
    if operator == "&":
        return lambda lookup: ["".join(_plain(one[0]) for one in (left(lookup), right(lookup)) if len(one) == 1)]
    work = _compared if operator in COMPARED else _counted

    def worked(lookup: Lookup) -> Collection:
        one, other = left(lookup), right(lookup)
        if len(one) != 1 or len(other) != 1:
            return []
        result = work(operator, one[0], other[0])
        return [] if result is None else [result]

    return worked


def _logic(operator: str, one: bool, other: bool) -> bool:
    return one and other if operator == "and" else one or other if operator == "or" else one is not other


COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}
COUNTED: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "/": lambda one, other: one / other,
    "div": lambda one, other: one // other,
    "mod": lambda one, other: one % other,
}


def _compared(operator: str, one: object, other: object) -> bool | None:
    """Whether the two stand so to each other; None where they can't be compared."""
    one, other = _comparable(one), _comparable(other)
    if type(one) is not type(other):
        return None
    try:
        return COMPARED[operator](one, other)
    except TypeError:
        return None


def _comparable(value: object) -> object:
    number = _number(value)
    return number if number is not None else value.key if isinstance(value, Option) else value


def _counted(operator: str, one: object, other: object) -> Decimal | str | None:
    """The two added, multiplied and so on; None where that can't be done."""
    if operator == "+" and isinstance(one, str) and isinstance(other, str):
        return one + other
    left, right = _number(one), _number(other)
    if left is None or right is None:
        return None
    try:
        return COUNTED[operator](left, right)
    except DecimalException:
        return None


def _plain(value: object) -> str:
    """A value as text."""
    if isinstance(value, Option):
        return value.key
    return value.text if isinstance(value, Other) else str(value)


def _sum(found: Collection) -> Collection:
    numbers = _numbers(found)
    return [sum(numbers, Decimal(0))] if numbers else []


def _mean(found: Collection) -> Collection:
    numbers = _numbers(found)
    return [sum(numbers, Decimal(0)) / len(numbers)] if numbers else []


PARTS: dict[str, Callable[[Any], Any]] = {
    "value": lambda one: one.number if isinstance(one, Measured) else one if isinstance(one, Decimal) else None,
    "code": lambda one: one.key if isinstance(one, Option) else None,
    "display": lambda one: one.text.in_language(one.text.own) if isinstance(one, Option) else None,
}
FUNCTIONS: dict[str, Callable[[Collection], Collection]] = {
    "sum": _sum,
    "avg": _mean,
    "min": lambda found: [min(numbers)] if (numbers := _numbers(found)) else [],
    "max": lambda found: [max(numbers)] if (numbers := _numbers(found)) else [],
    "count": lambda found: [Decimal(len(found))],
    "first": lambda found: found[:1],
    "last": lambda found: found[-1:],
    "exists": lambda found: [bool(found)],
    "empty": lambda found: [not found],
    "not": lambda found: [not found[0]] if len(found) == 1 and isinstance(found[0], bool) else [],
    "abs": lambda found: [abs(one) for one in _numbers(found)],
    "ordinal": lambda found: [one.weight for one in found if isinstance(one, Option) and one.weight is not None],
    "weight": lambda found: [one.weight for one in found if isinstance(one, Option) and one.weight is not None],
}
