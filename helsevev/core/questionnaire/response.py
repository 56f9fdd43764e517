"""Bound answers as a FHIR QuestionnaireResponse, and back again."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from helsevev.core.questionnaire import fhirvalues, paths
from helsevev.core.questionnaire.evaluating import Evaluation, Spot
from helsevev.core.questionnaire.model import Item, Questionnaire, Value


def write(evaluation: Evaluation, *, canonical: str, key: str, authored: datetime, language: str) -> dict[str, Any]:
    """The response to a form: what is asked and answered now, with the questions' words in `language`."""
    items = [one for spot in evaluation.top for one in _items(spot, language)]
    found: dict[str, Any] = {
        "resourceType": "QuestionnaireResponse",
        "language": language,
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{key}"},
        "questionnaire": canonical,
        "status": "completed",
        "authored": fhirvalues.instant(authored),
    }
    return found | ({"item": items} if items else {})


def _items(spot: Spot, language: str) -> Iterator[dict[str, Any]]:
    """The items of one place: none where nothing is answered, one for each row of a repeating group."""
    if not spot.enabled or spot.item.kind == "display":
        return
    if spot.item.is_group and spot.item.has_rows:
        for row in spot.spots:
            if below := _below(row, language):
                yield {"id": paths.row_of(row.path)} | _head(spot.item, language) | {"item": below}
        return
    made = _head(spot.item, language)
    if answers := list(_answers(spot, language)):
        yield made | {"answer": answers}
    elif below := _below(spot, language):
        yield made | {"item": below}


def _head(item: Item, language: str) -> dict[str, Any]:
    said = item.text.in_language(language)
    return {"linkId": item.link_id} | ({"text": said} if said else {})


def _below(spot: Spot, language: str) -> list[dict[str, Any]]:
    return [one for below in spot.spots for one in _items(below, language)]


def _answers(spot: Spot, language: str) -> Iterator[dict[str, Any]]:
    """A question's answers; what lies below a question stands in its answer, the first where it has several."""
    if spot.item.has_rows:
        for row in spot.spots:
            for one in _answers_in(row, language):
                yield {"id": paths.row_of(row.path)} | one
    else:
        yield from _answers_in(spot, language)


def _answers_in(spot: Spot, language: str) -> Iterator[dict[str, Any]]:
    if spot.problem is not None:
        return
    below = _below(spot, language)
    for number, value in enumerate(spot.typed):
        one = fhirvalues.dress(spot.item, value, language)
        yield one | ({"item": below} if below and not number else {})


def read(questionnaire: Questionnaire, response: Mapping[str, Any]) -> dict[str, Value]:
    """The answers that a response holds, by path; what the form doesn't ask is left."""
    found: dict[str, Value] = {}
    _read_items(questionnaire, response.get("item"), "", found)
    return found


def _read_items(form: Questionnaire, raw: object, prefix: str, found: dict[str, Value]) -> None:
    """The items of one list; the rows of a repeating group are as many items of one linkId."""
    seen: dict[str, int] = {}
    for one in raw if isinstance(raw, list) else ():
        item = form.by_link_id.get(str(one.get("linkId"))) if isinstance(one, Mapping) else None
        if item is None:
            continue
        path = prefix + item.step
        if item.is_group and item.has_rows:
            seen[item.link_id] = seen.get(item.link_id, 0) + 1
            _read_items(form, one.get("item"), f"{path}:{_row(one, seen[item.link_id])}/", found)
            continue
        if item.asks:
            _read_answers(form, item, one.get("answer"), prefix, found)
        _read_items(form, one.get("item"), prefix, found)


def _read_answers(form: Questionnaire, item: Item, raw: object, prefix: str, found: dict[str, Value]) -> None:
    path, many = prefix + item.step, []
    for number, one in enumerate(raw if isinstance(raw, list) else (), start=1):
        if not isinstance(one, Mapping):
            continue
        value = fhirvalues.undress(item, one)
        here = f"{path}:{_row(one, number)}" if item.has_rows else path
        if item.takes_many:
            many.append(value)
        elif value is not None:
            found.setdefault(here, value)
        _read_items(form, one.get("item"), f"{here}/" if item.has_rows else prefix, found)
    if many:
        found[path] = many


def _row(raw: Mapping[str, Any], number: int) -> str:
    """The row's own id, where the response kept it."""
    kept = raw.get("id")
    return kept if isinstance(kept, str) and paths.ROW.fullmatch(kept) else str(number)
