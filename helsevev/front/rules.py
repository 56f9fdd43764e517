"""What the front door decides by itself: where each kind of visitor begins, and how the API's document reads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from helsevev.core.words import gettext_noop


@dataclass(frozen=True)
class Visitor:
    """A kind of visitor (besøkende), what they come for, and where they may begin: address name, query, label."""

    title: str
    text: str
    links: tuple[tuple[str, str, str], ...]


START = (
    Visitor(
        gettext_noop("Project leader"),
        gettext_noop("See who has tried the same before you, what they learnt and who has taken it up."),
        (
            ("portfolio:list", "", gettext_noop("Look for projects like yours")),
            ("front:mine", "", gettext_noop("Go to your own project")),
        ),
    ),
    Visitor(
        gettext_noop("Advisor or secretariat"),
        gettext_noop("Follow the whole portfolio: where each project stands, and what waits for you."),
        (
            ("portfolio:dashboard", "", gettext_noop("See the portfolio in numbers")),
            ("front:mine", "", gettext_noop("See what waits for you")),
        ),
    ),
    Visitor(
        gettext_noop("Manager or economist"),
        gettext_noop("Numbers by year, region and phase, each with its source, as tables you can take with you."),
        (
            ("portfolio:dashboard", "", gettext_noop("See the numbers")),
            ("front:interface", "", gettext_noop("Fetch the data")),
        ),
    ),
    Visitor(
        gettext_noop("Health professional"),
        gettext_noop("Find new ways of working for your patients, and the colleagues who know them."),
        (
            ("portfolio:list", "", gettext_noop("Choose a patient group")),
            ("front:organisations", "", gettext_noop("Find your hospital or municipality")),
        ),
    ),
    Visitor(
        gettext_noop("Patient, relative or curious"),
        gettext_noop("See what is being tried out where you live, told in plain words."),
        (
            ("front:organisations", "", gettext_noop("What happens where you live?")),
            ("front:about", "", gettext_noop("What is this?")),
        ),
    ),
)


@dataclass(frozen=True)
class Piece:
    """A stretch of a description; code is set as such."""

    text: str
    is_code: bool


@dataclass(frozen=True)
class Parameter:
    """What one can ask an operation for (parameter)."""

    name: str
    text: list[Piece]
    kind: str
    required: bool = False


@dataclass(frozen=True)
class Operation:
    """One thing that the API answers (operasjon)."""

    id: str
    method: str
    path: str
    title: str
    text: list[list[Piece]]
    example: str
    parameters: list[Parameter] = field(default_factory=list)
    answers: list[tuple[str, str]] = field(default_factory=list)

    @property
    def table_id(self) -> str:
        """Id of its table of parameters on the page."""
        return f"{self.id}-parameters"


def operations(document: Mapping[str, Any]) -> list[Operation]:
    """Every operation of an OpenAPI document, in its order, as a reader needs them."""
    return [_operation(path, method, about) for path, method, about in _pairs(document)]


def _pairs(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, about in methods.items():
            yield path, method, about


def _operation(path: str, method: str, about: Mapping[str, Any]) -> Operation:
    return Operation(
        id=about["operationId"],
        method=method.upper(),
        path=path,
        title=about["summary"],
        text=[pieces(paragraph) for paragraph in about["description"].split("\n\n")],
        example=about["x-example"],
        parameters=[
            Parameter(one["name"], pieces(_text(one)), _kind(one["schema"]), one.get("required", False))
            for one in about.get("parameters", ())
        ],
        answers=[(str(code), answer["description"]) for code, answer in about["responses"].items()],
    )


def pieces(text: str) -> list[Piece]:
    """A description cut where backticks set code apart."""
    return [Piece(part, at % 2 == 1) for at, part in enumerate(text.split("`")) if part]


def _text(parameter: Mapping[str, Any]) -> str:
    return str(parameter.get("description") or parameter["schema"].get("description") or "")


def _kind(schema: Mapping[str, Any]) -> str:
    """What may be written: the choices where there are few, else the kind of value with its bounds."""
    inner = schema.get("items", schema)
    choices = [str(choice) for choice in inner.get("enum", ()) if choice]
    if choices:
        return ", ".join(choices)
    if "minimum" in inner and "maximum" in inner:
        return f"{inner['minimum']}–{inner['maximum']}"
    kind = str(inner.get("format") or inner.get("type"))
    return f"{kind}, may be repeated" if inner is not schema else kind
