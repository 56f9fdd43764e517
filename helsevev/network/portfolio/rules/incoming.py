"""What came in a file, before anything is asked of what stands: rows with their places, other rooms' parts, faults."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from helsevev.core.faults import Fault, Step
from helsevev.core.words import Refusal, gettext_noop
from helsevev.network.portfolio.rules.fields import EMPTY, FIELDS, LISTS, Fields
from helsevev.network.portfolio.rules.reading import read_row

NO_SUCH_FIELD = gettext_noop("There is no field '%(field)s'")
NO_SUCH_LIST = gettext_noop("There is no list '%(listing)s'")


@dataclass(frozen=True)
class IncomingRow:
    """One row (rad): its id, the fields it states, and where it stands in the file.

    One that can't be read has its id alone, so that rows that refer to it aren't called wrong too.
    """

    key: str
    fields: Fields
    where: tuple[Step, ...] = ()
    readable: bool = True


@dataclass
class Incoming:
    """A file that was read (innlest fil)."""

    rows: list[IncomingRow] = field(default_factory=list)
    parts: dict[str, object] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def check(sent: Mapping[str, Any]) -> tuple[Fields, list[Fault]]:
    """Fields as a form or another room sends them, read like a row of the file; faults name the field's own name.

    Names come as lists of what people write, and the longer fields in the shape of the file.
    """
    row: dict[str, Any] = {"id": "unnamed"}
    own: Fields = {}
    faults = []
    for name, value in sent.items():
        if name not in FIELDS:
            faults.append(Fault(name, Refusal(NO_SUCH_FIELD, {"field": name})))
        elif FIELDS[name].path:
            _put(row, FIELDS[name].path, value)
        elif name == "listing" and value not in LISTS.values():
            faults.append(Fault(name, Refusal(NO_SUCH_LIST, {"listing": value})))
        else:
            own[name] = value
    _key, found, more = read_row(row, "awarded", ())
    if more:
        return {}, [*faults, *more]
    kept = {name: EMPTY[name] if found[name] is None else found[name] for name in found if name != "listing"}
    return own | kept, faults


def _put(row: dict[str, Any], path: tuple[str, ...], value: object) -> None:
    for step in path[:-1]:
        row = row.setdefault(step, {})
    row[path[-1]] = value
