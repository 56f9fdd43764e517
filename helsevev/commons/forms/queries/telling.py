"""A filled-in or an empty form as an ordered list of questions and answers, for pages, letters and PDF."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from helsevev.commons.forms.models import BoundResponse
from helsevev.commons.forms.queries.filling import compiled
from helsevev.core.dates import PartialDate
from helsevev.core.questionnaire import response
from helsevev.core.questionnaire.evaluating import Evaluation, Spot, evaluate
from helsevev.core.questionnaire.model import Attached, Item, Kind, Measured, Option, Other, Questionnaire, Typed, Value

MOST_OPTIONS = 40


@dataclass(frozen=True)
class Told:
    """One line of a form as it is read (linje): a heading, a text between, or a question with its answer.

    `kind` is "heading", "text" or "question"; `language` is the label's own; `file` the key of an attachment.
    """

    kind: str
    level: int
    label: str
    language: str
    lines: tuple[str, ...] = ()
    path: str = ""
    help: str = ""
    must: bool = False
    file: str = ""


def told(questionnaire: Questionnaire, answers: Mapping[str, Value], language: str) -> list[Told]:
    """What is asked and answered, in the order of the form; an unanswered question has no lines."""
    with override(language):
        found = evaluate(questionnaire, answers)
        return [line for spot in found.top for line in _told(spot, language, 2)]


def told_of(bound: BoundResponse, language: str) -> list[Told]:
    """What was bound, as it is read."""
    return told(compiled(bound.version), response_answers(bound), language)


def response_answers(bound: BoundResponse) -> dict[str, Value]:
    """The answers that were bound, by path."""
    return response.read(compiled(bound.version), json.loads(bound.response))


def scores_of(bound: BoundResponse) -> dict[str, Decimal]:
    """What the bound answers score, by linkId; the whole under an empty word."""
    return evaluate(compiled(bound.version), response_answers(bound)).scores


def evaluation_of(bound: BoundResponse) -> Evaluation:
    """What the bound answers come to."""
    return evaluate(compiled(bound.version), response_answers(bound))


def empty(questionnaire: Questionnaire, language: str) -> list[Told]:
    """The form to read beforehand: every question with its help and its choices, also those asked only of some."""
    with override(language):
        return [line for item in questionnaire.items for line in _empty(item, language, 2)]


def _told(spot: Spot, language: str, level: int) -> Iterator[Told]:
    item = spot.item
    if not spot.enabled or item.hidden:
        return
    if item.kind is Kind.DISPLAY:
        return
    if item.is_group:
        yield from _told_group(spot, language, level)
        return
    yield _line(item, language, level, _lines(spot, language), spot)
    for below in spot.spots:
        for one in below.spots if below.is_row else [below]:
            yield from _told(one, language, level)


def _told_group(spot: Spot, language: str, level: int) -> Iterator[Told]:
    item = spot.item
    if item.has_rows:
        rows = [row for row in spot.spots if any(one.typed for one in row.below())]
        for number, row in enumerate(rows, start=1):
            label = f"{item.label(language)} {number}"
            yield Told("heading", level, label, item.text.language_of(language), path=row.path)
            for below in row.spots:
                yield from _told(below, language, level + 1)
        return
    inner = [line for below in spot.spots for line in _told(below, language, level + (1 if item.text else 0))]
    if inner and item.text:
        yield Told("heading", level, item.label(language), item.text.language_of(language), path=spot.path)
    yield from inner


def _line(item: Item, language: str, level: int, lines: tuple[str, ...], spot: Spot) -> Told:
    file = next((one.file for one in spot.typed if isinstance(one, Attached)), "")
    return Told("question", level, item.label(language), item.text.language_of(language), lines, spot.path, file=file)


def _lines(spot: Spot, language: str) -> tuple[str, ...]:
    """The answers in one place, one line each; a text keeps its own lines."""
    typed = [one for row in spot.spots for one in row.typed] if spot.item.has_rows else list(spot.typed)
    lines = tuple(line for one in typed for line in shown(one, language).splitlines() or [""])
    if not lines and isinstance(spot.raw, str) and spot.raw.strip():
        return tuple(spot.raw.splitlines())
    return lines


def shown(value: Typed, language: str) -> str:
    """One answer as people read it, in the language that is switched on."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Option):
        return value.text.in_language(language)
    if isinstance(value, Measured):
        unit = value.unit.text.in_language(language) if value.unit else ""
        return f"{_number(value.number)} {unit}".strip()
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, Other):
        return value.text
    return value.name if isinstance(value, Attached) else _moment(value)


def _number(value: Decimal) -> str:
    places = max(0, -int(value.normalize().as_tuple().exponent))
    return number_format(value, decimal_pos=places, force_grouping=abs(value) >= 10_000)


def _moment(value: Any) -> str:  # noqa: ANN401 a date, a time or a text
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, time):
        return time_format(value, "H:i")
    if isinstance(value, PartialDate):
        return date_format(value.first_day, "DATE_FORMAT") if value.is_day else str(value)
    return str(value)


def _empty(item: Item, language: str, level: int) -> Iterator[Told]:
    if item.hidden:
        return
    said = item.text.language_of(language)
    if item.is_group:
        if item.text:
            yield Told("heading", level, item.label(language), said, help=item.help.in_language(language))
        for below in item.items:
            yield from _empty(below, language, level + (1 if item.text else 0))
        return
    kind = "text" if item.kind is Kind.DISPLAY else "question"
    choices = tuple(option.text.in_language(language) for option in item.options[:MOST_OPTIONS])
    if kind == "text" or not (item.calculation or item.sums):
        yield Told(
            kind, level, item.label(language), said, choices, help=item.help.in_language(language), must=item.required
        )
    for below in item.items:
        yield from _empty(below, language, level)
