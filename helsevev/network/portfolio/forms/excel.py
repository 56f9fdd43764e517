"""The door for workbooks: one row for each project, and a sheet for each field whose entries don't fit in a cell.

The first sheet has a heading for each column: a field's name, its key in the file, or its label in any of the three
languages, so that a sheet fetched from the portfolio can be changed and sent back. An empty cell leaves what stands;
a dash says: not stated. Several names, regions, groups or themes in one cell are parted by semicolons.

Sheets called figures, phases, log, milestones and deliverables are read where they are present. Each has a column
`id` and the keys of the field's entries in `docs/portfolio.schema.json`; the rows of one id, in their order, become
that project's whole field, and a project without rows there is left.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, override

from helsevev.commons.initiatives.rules import Taxonomy
from helsevev.core import strictjson, tables
from helsevev.core.faults import Fault, Faulty, place, quoted
from helsevev.core.words import Refusal, Refused, gettext_noop
from helsevev.network.portfolio import rules
from helsevev.network.portfolio.queries.figures import sources
from helsevev.network.portfolio.queries.naming import LISTING_NAMES
from helsevev.network.portfolio.rules.settling import Why
from helsevev.network.portfolio.rules.shapes import (
    DeliverableShape,
    FigureShape,
    LogShape,
    MilestoneShape,
    PhaseShape,
)

NO_ID_COLUMN = gettext_noop("The sheet has no column for the id. Call it 'id'")
HEADING_TWICE = gettext_noop("Two columns are called %(heading)s")
NO_SUCH_ROW = gettext_noop("The first sheet has no row with the id %(value)s")
NOT_STATED = {"-", "\N{EN DASH}", "\N{EM DASH}"}
KEY_LABEL = gettext_noop("Key")
AS_OF = "status_as_of"
AS_OF_LABEL = gettext_noop("Status as of")
ENTRY_SHEETS: Mapping[str, Sequence[str]] = {
    "figures": ("what", *FigureShape.model_fields),
    "phases": tuple(PhaseShape.model_fields),
    "log": tuple(LogShape.model_fields),
    "milestones": tuple(MilestoneShape.model_fields),
    "deliverables": tuple(DeliverableShape.model_fields),
}
LISTED = {rules.Kind.NAMES, rules.Kind.CODES}


@dataclass
class Workbook:
    """A workbook that was read (arbeidsbok): its rows and faults, and the headings that mean nothing here."""

    incoming: rules.Incoming = field(default_factory=rules.Incoming)
    ignored: list[str] = field(default_factory=list)


def read_workbook(content: bytes, taxonomy: Taxonomy) -> Workbook:
    """The projects in a workbook or CSV file; refused as a whole when it isn't a table with an id column."""
    table = tables.read(content)
    book = Workbook()
    columns = _columns(table.rows[0], book)
    entries = dict(_entry_sheets(content, book)) if table.form == "xlsx" else {}
    seen: dict[str, str] = {}
    for number, cells in zip(table.numbers[1:], table.rows[1:], strict=True):
        sent = _sent(dict(zip(columns, cells, strict=False)), taxonomy)
        for name, found in entries.items():
            if str(sent.get("id", "")) in found:
                sent[name] = found.pop(str(sent["id"]))
        _take(sent, number, book.incoming, seen)
    for name, found in entries.items():
        book.incoming.faults += [
            Fault(name, Refusal(NO_SUCH_ROW, {"value": quoted(key)})) for key in found if key not in seen
        ]
    return book


def _columns(headings: Sequence[tables.Cell], book: Workbook) -> list[str]:
    """Each column's field; an empty name where the heading means nothing here."""
    known = _headings()
    columns = [known.get(_folded(heading), "") for heading in headings]
    book.ignored = [str(heading) for heading, name in zip(headings, columns, strict=True) if heading and not name]
    if "id" not in columns:
        raise Faulty([Fault("", Refusal(NO_ID_COLUMN))])
    for name in {name for name in columns if name and columns.count(name) > 1}:
        raise Faulty([Fault("", Refusal(HEADING_TWICE, {"heading": quoted(name)}))])
    return columns


def _headings() -> dict[str, str]:
    """Everything that a column may be called, and the field that it means."""
    known = {"id": "id", AS_OF: AS_OF}
    spelled = [(KEY_LABEL, "id"), (AS_OF_LABEL, AS_OF)]
    for name, about in rules.FIELDS.items():
        if name in ENTRY_SHEETS or name == "published":
            continue
        known[name] = name
        known |= {about.path[0]: name} if len(about.path) == 1 else {}
        spelled.append((about.label, name))
    for language, _name in settings.LANGUAGES:
        with override(language):
            known |= {_folded(gettext(label)): name for label, name in spelled if _folded(gettext(label)) not in known}
    return known


def _folded(heading: object) -> str:
    return " ".join(str(heading or "").split()).casefold()


def _sent(cells: Mapping[str, tables.Cell], taxonomy: Taxonomy) -> dict[str, Any]:
    """A row of the file made of cells; empty ones are left out."""
    row: dict[str, Any] = {}
    for name, cell in cells.items():
        value = _value(cell)
        if not name or value == "":
            continue
        if name in ("id", "listing", AS_OF):
            row[name] = value
            continue
        about = rules.FIELDS[name]
        value = None if value in NOT_STATED else value
        if value is not None and about.kind in LISTED:
            value = [part.strip() for part in str(value).split(";") if part.strip()]
        elif value is not None and about.kind is not rules.Kind.NUMBER:
            value = str(value)
        _put(row, about.path or (name,), value)
    return _in_our_words(row, taxonomy)


def _put(row: dict[str, Any], path: Sequence[str], value: object) -> None:
    for step in path[:-1]:
        row = row.setdefault(step, {})
    row[path[-1]] = value


def _value(cell: tables.Cell) -> Any:  # noqa: ANN401 - text or number
    """A cell as JSON would have it: days as text, whole numbers without decimals."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell.strip() if isinstance(cell, str) else "" if cell is None else cell


def _in_our_words(row: dict[str, Any], taxonomy: Taxonomy) -> dict[str, Any]:
    """Labels that a fetched sheet shows, as the codes they stand for; the status with the date it speaks for."""
    for name in ("kind", "status"):
        if row.get(name):
            row[name] = taxonomy.find(name, row[name]) or row[name]
    as_of = str(row.pop(AS_OF, ""))
    if row.get("status") and as_of and as_of not in NOT_STATED:
        row["status"] = f"{row['status']}-{as_of}"
    if row.get("source"):
        row["source"] = _sources().get(row["source"], row["source"])
    return row


def _sources() -> dict[str, str]:
    """Sources by the titles under which they are shown."""
    return {title: name for language, _name in settings.LANGUAGES for name, title in sources(language).items()}


def _listings() -> dict[str, str]:
    """Lists by code and by their names in each language."""
    known = {_folded(listing): listing for listing in LISTING_NAMES}
    for language, _name in settings.LANGUAGES:
        with override(language):
            known |= {_folded(gettext(name)): listing for listing, name in LISTING_NAMES.items()}
    return known


def _take(sent: dict[str, Any], number: int, incoming: rules.Incoming, seen: dict[str, str]) -> None:
    """Read one row into `incoming`."""
    where = ("row", number)
    written = sent.pop("listing", None)
    listing = _listings().get(_folded(written)) if written else "awarded"
    key, fields, faults = rules.read_row(sent, listing or "awarded", where)
    incoming.faults += faults
    if listing is None:
        refusal = Refusal(rules.NO_SUCH_LIST, {"listing": written})
        incoming.faults.append(Fault(place((*where, "listing")), refusal))
    if written is None:
        fields.pop("listing", None)
    if key in seen:
        twice = Refusal(Why.ID_TWICE, {"value": quoted(key), "first": seen[key]})
        incoming.faults.append(Fault(place((*where, "id")), twice))
    elif key:
        seen[key] = place(where)
        incoming.rows.append(rules.IncomingRow(key, fields, where, readable=not faults))


# --- Sheets of entries -----------------------------------------------------------------------------------------------
def _entry_sheets(content: bytes, book: Workbook) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each sheet of entries that is there: its field, and the entries by project."""
    for name, keys in ENTRY_SHEETS.items():
        try:
            table = tables.read(content, sheet=name)
        except Refused as refused:
            if refused.refusals[0].why == tables.Why.NO_SHEET:
                continue
            raise
        yield name, _entries(name, table, keys, book)


def _entries(name: str, table: tables.Table, keys: Sequence[str], book: Workbook) -> dict[str, Any]:
    """The entries of one sheet by project, as the file would have them."""
    if not table.rows:
        return {}
    columns = [_folded(heading) if _folded(heading) in ("id", *keys) else "" for heading in table.rows[0]]
    if "id" not in columns:
        raise Faulty([Fault(name, Refusal(NO_ID_COLUMN))])
    found: defaultdict[str, Any] = defaultdict(partial(_nothing, name))
    for number, cells in zip(table.numbers[1:], table.rows[1:], strict=True):
        entry = {column: _value(cell) for column, cell in zip(columns, cells, strict=False) if column}
        key = str(entry.pop("id", ""))
        kept = {column: _typed(column, value, name, number, book) for column, value in entry.items() if value != ""}
        if name == "figures":
            found[key][str(kept.pop("what", ""))] = kept
        else:
            found[key].append(kept)
    return found


def _nothing(name: str) -> Any:  # noqa: ANN401 - an object or a list, by field
    return {} if name == "figures" else []


def _typed(column: str, value: Any, sheet: str, number: int, book: Workbook) -> Any:  # noqa: ANN401
    """A cell of an entry: figures keep their numbers, and lists written as JSON; everything else is text."""
    if column == "as_of" and sheet == "phases":
        return value if isinstance(value, bool) else str(value).casefold() in ("true", "1", "yes", "ja")
    if column != "value":
        return str(value)
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            read, faults = strictjson.read(value.encode())
        except Faulty as faulty:
            read, faults = None, faulty.faults
        book.incoming.faults += [Fault(place((sheet, number)), fault.refusal) for fault in faults]
        return read
    return value
