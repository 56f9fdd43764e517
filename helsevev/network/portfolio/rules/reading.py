"""From a row as it was sent to fields as they are kept inside, or to faults with their places."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from helsevev.commons.initiatives.rules import StatedMove
from helsevev.core import dates
from helsevev.core.faults import Fault, Step, nearest, place, quoted
from helsevev.core.roadmap import Phase
from helsevev.core.words import Refusal, gettext_noop
from helsevev.network.portfolio.rules.fields import BY_PATH, FIELDS, Fields
from helsevev.network.portfolio.rules.shapes import ExampleShape, PhaseShape, RowShape

MISSING = gettext_noop("'%(key)s' is missing")
UNKNOWN_KEY = gettext_noop("There is no field '%(key)s'")
DID_YOU_MEAN = gettext_noop("There is no field '%(key)s'. Did you mean '%(nearest)s'?")
NOT_LIST = gettext_noop("%(value)s is not a list")
NOT_OBJECT = gettext_noop("%(value)s is not an object")
TOO_MANY = gettext_noop("There are %(count)s here; at most %(most)s can be kept")
UNREADABLE = gettext_noop("%(value)s can't be read here")
WRONG_SORT: Mapping[str, str] = {
    "list_type": NOT_LIST,
    "dict_type": NOT_OBJECT,
    "model_type": NOT_OBJECT,
    "model_attributes_type": NOT_OBJECT,
}


def read_row(sent: object, listing: str, where: tuple[Step, ...]) -> tuple[str, Fields, list[Fault]]:
    """A row's id, the fields it states (None: not stated), and its faults; with faults there are no fields."""
    shape = ExampleShape if listing == "example" else RowShape
    try:
        row = shape.model_validate(sent)
    except ValidationError as error:
        key = sent.get("id") if isinstance(sent, dict) else ""
        return key if isinstance(key, str) else "", {}, [_fault(found, sent, where) for found in error.errors()]
    return row.id, {"listing": listing, **_inside(row)}, []


def _inside(row: RowShape) -> Fields:
    """The fields that a sound row states."""
    found: Fields = {}
    for path, name in BY_PATH.items():
        holder: BaseModel | None = row
        for step in path[:-1]:
            if holder is not None and step not in holder.model_fields_set:
                break
            holder = getattr(holder, step, None)
        else:
            if holder is None:
                found[name] = None
            elif path[-1] in holder.model_fields_set:
                found[name] = plain(name, getattr(holder, path[-1]))
    return found


def plain(name: str, value: Any) -> Any:  # noqa: ANN401
    """A field's value as plain data, with every key of its entries and in its order."""
    if value is None:
        return FIELDS[name].empty
    if name == "figures":
        full = {what: _entry(about) for what, about in value.items()}
        return {what: about for what, about in full.items() if about["value"] != ""}
    if name == "phases":
        return phases_in_order([_phase(entry) for entry in value])
    if name == "log":
        return log_in_order(_entry(entry) for entry in value)
    if name in ("milestones", "deliverables"):
        return [_entry(entry) for entry in value]
    return value


def _entry(shape: BaseModel) -> dict[str, Any]:
    """An entry with empty text for what isn't stated."""
    return {key: "" if value is None else value for key, value in shape.model_dump().items()}


def _phase(shape: PhaseShape) -> dict[str, Any]:
    return _entry(shape) | {"how": shape.how or "actual"}


def log_in_order(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """A log as things happened, the more precise date first."""
    return sorted(entries, key=_log_order)


def _log_order(entry: Mapping[str, Any]) -> tuple[object, ...]:
    """A log is in the order of its days; those of one day in a fixed order."""
    return (*dates.sort_key(entry["on"]), entry["nb"], entry["nn"], entry["en"], entry["source"])


def stated_move(entry: Mapping[str, Any]) -> StatedMove:
    """A phase entry as initiatives keep it."""
    return StatedMove(
        Phase(entry["phase"]),
        entry["on"],
        entry["until"],
        entry["how"] == "planned",
        entry["as_of"],
        entry["source"],
        entry["note"],
    )


def phases_in_order(entries: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Moves as they happened, each once."""
    moves = sorted({stated_move(entry) for entry in entries}, key=lambda move: move.order)
    return [phase_entry(move) for move in moves]


def phase_entry(move: StatedMove) -> dict[str, Any]:
    """A kept move as a phase entry."""
    return {
        "phase": str(move.phase),
        "on": move.on,
        "until": move.until,
        "how": "planned" if move.planned else "actual",
        "as_of": move.as_of,
        "source": move.source,
        "note": move.note,
    }


def _fault(found: Mapping[str, Any], sent: Any, where: tuple[Step, ...]) -> Fault:  # noqa: ANN401
    """What pydantic found, as a fault with its place in what was sent."""
    steps = tuple(step for step in found["loc"] if step != "[key]")
    if steps[:1] == ("figures",) and steps[2:] == ("value",):
        figure = sent["figures"].get(steps[1])
        # A bare figure was given its object on the way in; the sender never wrote "value".
        steps = steps if isinstance(figure, dict) and "value" in figure else steps[:2]
    return Fault(place((*where, *steps)), _refusal(found, steps))


def _refusal(found: Mapping[str, Any], steps: tuple[Step, ...]) -> Refusal:
    """The sentence for one sort of fault."""
    about = found.get("ctx") or {}
    last = str(steps[-1]) if steps else ""
    if found["type"] == "refused":
        return Refusal(about["why"], about["values"])
    if found["type"] == "missing":
        return Refusal(MISSING, {"key": last})
    if found["type"] == "extra_forbidden":
        return _unknown(last, steps)
    if found["type"] == "too_long":
        return Refusal(TOO_MANY, {"count": about["actual_length"], "most": about["max_length"]})
    return Refusal(WRONG_SORT.get(found["type"], UNREADABLE), {"value": quoted(found["input"])})


def _unknown(key: str, steps: tuple[Step, ...]) -> Refusal:
    """A key that no shape has, with the nearest that one has."""
    known: set[str] = set(RowShape.model_fields) if len(steps) == 1 else {path[1] for path in BY_PATH if path[1:]}
    close = nearest(key, known, 1)
    return Refusal(DID_YOU_MEAN, {"key": key, "nearest": close[0]}) if close else Refusal(UNKNOWN_KEY, {"key": key})
