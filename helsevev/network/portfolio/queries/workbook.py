"""The portfolio as a workbook to change and send back (arbeidsbok): a sheet of projects, and one for each longer field.

`forms.excel` reads what is written here: nothing changed, nothing differs. The same workbook without projects is the
template.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from helsevev.core.tables import Cell, Sheet
from helsevev.core.words import gettext_noop
from helsevev.network.portfolio import rules
from helsevev.network.portfolio.queries.figures import sources
from helsevev.network.portfolio.queries.naming import LISTING_NAMES, Naming
from helsevev.network.portfolio.queries.standing import portions, standings
from helsevev.network.portfolio.queries.workbook_help import AS_OF, COLUMN, HELP, ID, WHAT, help_rows, label
from helsevev.network.portfolio.rules.fields import NAMES

BETWEEN = "; "
NOT_STATED = "\N{EN DASH}"
CHOICES = "choices"
PROJECTS = gettext_noop("Projects")
# Fields in one cell of the first sheet, and how wide their columns are.
COLUMNS: Mapping[str, int] = {
    ID: 22,
    "title": 40,
    "title_nn": 30,
    "title_en": 30,
    "listing": 18,
    "owners": 30,
    "partners": 40,
    "regions": 20,
    "award_year": 10,
    "award_round": 10,
    "support": 22,
    "patient_groups": 26,
    "themes": 30,
    "focus_area": 26,
    "kind": 16,
    "status": 18,
    AS_OF: 12,
    "phase_note": 40,
    "continues": 22,
    "spreads": 22,
    "adapts": 22,
    "same_model_as": 22,
    "summary_nb": 60,
    "summary_nn": 60,
    "summary_en": 60,
    "contact_role": 24,
    "source": 30,
}
ENTRIES: Mapping[str, tuple[str, ...]] = {
    "figures": ("id", "what", "value", "unit", "as_of", "source"),
    "phases": ("id", "phase", "on", "until", "how", "as_of", "source", "note"),
    "log": ("id", "on", "nb", "nn", "en", "source"),
    "milestones": ("id", "title", "planned", "reached"),
    "deliverables": ("id", "title", "url", "on"),
}
CHOSEN = ("listing", "regions", "support", "patient_groups", "themes", "focus_area", "kind", "status")
ONE_OF = ("listing", "support", "focus_area", "kind", "status")


def sheets(keys: Iterable[str], naming: Naming, translate: Callable[[str], str]) -> list[Sheet]:
    """The whole workbook for these projects; with none it is the template."""
    wanted = list(keys)
    columns = list(COLUMNS)
    offered = _offered(naming, translate)
    places = {name: _range(number, len(offered[name])) for number, name in enumerate(CHOSEN) if name in ONE_OF}
    lists = {columns.index(name): place for name, place in places.items()}
    projects = [translate(label(name)) for name in columns]
    return [
        Sheet(translate(PROJECTS), projects, _rows(wanted, naming, translate), list(COLUMNS.values()), lists),
        *(Sheet(name, cells, _entries(wanted, name), [22] * len(cells)) for name, cells in ENTRIES.items()),
        Sheet(CHOICES, [translate(label(name)) for name in CHOSEN], _columns(offered), [34] * len(CHOSEN)),
        Sheet(
            translate(HELP),
            [translate(COLUMN), translate(WHAT)],
            help_rows([*COLUMNS], [*ENTRIES], translate),
            [26, 90],
        ),
    ]


def _range(number: int, length: int) -> str:
    """Where the choices of one column stand."""
    letter = chr(ord("A") + number)
    return f"='{CHOICES}'!${letter}$2:${letter}${length + 1}"


def _offered(naming: Naming, translate: Callable[[str], str]) -> dict[str, list[str]]:
    """What can be chosen in each column; a dash where it may be not stated."""
    found: dict[str, list[str]] = {"listing": [translate(label) for label in LISTING_NAMES.values()]}
    for name in CHOSEN[1:]:
        terms = naming.taxonomy.terms(rules.FIELDS[name].vocabulary)
        found[name] = [naming.term(word.vocabulary, word.code) for word in terms] + [NOT_STATED]
    return found


def _columns(offered: Mapping[str, Sequence[str]]) -> Iterator[Sequence[Cell]]:
    """The choices, each column as long as it is."""
    longest = max(len(values) for values in offered.values())
    for number in range(longest):
        yield [offered[name][number] if number < len(offered[name]) else None for name in CHOSEN]


# --- Projects --------------------------------------------------------------------------------------------------------
def _rows(keys: Iterable[str], naming: Naming, translate: Callable[[str], str]) -> Iterator[Sequence[Cell]]:
    """A row for each project."""
    titles = sources(naming.language)
    for portion in portions(keys):
        found = standings(portion)
        for key in portion:
            if key in found and found[key].project:
                cells = {**found[key].fields, ID: key}
                cells["listing"] = translate(LISTING_NAMES[cells["listing"]])
                cells["source"] = titles.get(cells["source"], cells["source"])
                yield [_cell(name, cells, naming) for name in COLUMNS]


def _cell(name: str, cells: Mapping[str, Any], naming: Naming) -> Cell:
    """One cell of a project."""
    status, _dash, as_of = str(cells["status"] or "").partition("-")
    if name in ("status", AS_OF):
        return as_of if name == AS_OF else naming.term("status", status) if status else None
    value = cells[name]
    if name in NAMES:
        return BETWEEN.join(one["name"] for one in value)
    vocabulary = rules.FIELDS[name].vocabulary if name in rules.FIELDS else ""
    if isinstance(value, list):
        return BETWEEN.join(naming.terms(vocabulary, value))
    cell: Cell = naming.term(vocabulary, value) if vocabulary and value else value
    return cell


def _entries(keys: Iterable[str], name: str) -> Iterator[Sequence[Cell]]:
    """A row for each entry of one field."""
    for portion in portions(keys):
        found = standings(portion)
        for key in portion:
            if key in found and found[key].project:
                for entry in _listed(found[key].fields[name]):
                    yield [key, *(_value(column, entry[column]) for column in ENTRIES[name][1:])]


def _listed(entries: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401 - an object or a list, by field
    return [{"what": what, **about} for what, about in entries.items()] if isinstance(entries, dict) else entries


def _value(column: str, value: Any) -> Cell:  # noqa: ANN401
    """One cell of an entry: yes for a flag, JSON for what has parts."""
    if column == "as_of" and isinstance(value, bool):
        return "yes" if value else None
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    cell: Cell = value
    return cell
