"""What the workbook's last sheet says (hjelpeark): what to write in each column of each sheet."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from helsevev.core.tables import Cell
from helsevev.core.words import gettext_noop
from helsevev.network.portfolio.rules import FIELDS

ID, AS_OF = "id", "status_as_of"
ID_LABEL, AS_OF_LABEL = gettext_noop("Key"), gettext_noop("Status as of")
HELP, COLUMN, WHAT = gettext_noop("Help"), gettext_noop("Column"), gettext_noop("What to write")
WHAT_TO_WRITE: Mapping[str, str] = {
    ID: gettext_noop("The project's id. A new one makes a new project, which is published."),
    "owners": gettext_noop("A name as it is known here; several are parted by semicolons."),
    "partners": gettext_noop("Names as they are known here, parted by semicolons."),
    "regions": gettext_noop("From the sheet “choices”; several are parted by semicolons."),
    "patient_groups": gettext_noop("From the sheet “choices”; several are parted by semicolons."),
    "themes": gettext_noop("From the sheet “choices”; several are parted by semicolons."),
    "listing": gettext_noop("From the sheet “choices”."),
    "support": gettext_noop("From the sheet “choices”."),
    "focus_area": gettext_noop("From the sheet “choices”."),
    "kind": gettext_noop("From the sheet “choices”."),
    "status": gettext_noop("From the sheet “choices”."),
    AS_OF: gettext_noop("A year, month or day: 2024, 2024-10 or 2024-10-28."),
    "award_year": gettext_noop("A year, such as 2025."),
    "award_round": gettext_noop("The round's number within the year."),
    "continues": gettext_noop("The id of another project."),
    "spreads": gettext_noop("The id of another project."),
    "adapts": gettext_noop("The id of another project."),
    "same_model_as": gettext_noop("The id of another project."),
    "figures": gettext_noop("A row for each figure: id, what it counts, value, unit, as of when, source."),
    "phases": gettext_noop("A row for each move: id, phase, from, until, actual or planned; yes where only seen."),
    "log": gettext_noop("A row for each entry: id, when, and the text in nb, nn and en."),
    "milestones": gettext_noop("A row for each milestone: id, title, planned and reached."),
    "deliverables": gettext_noop("A row for each deliverable: id, title, link and when."),
}
IN_GENERAL = (
    gettext_noop("An empty cell leaves what stands."),
    gettext_noop("A dash (–) says: not stated. It never erases what the sheet doesn't name."),
    gettext_noop("The rows of one id in a sheet of entries become the whole of that field."),
)
PLAIN = gettext_noop("Text.")


def label(name: str) -> str:
    """What a column is called."""
    return {ID: ID_LABEL, AS_OF: AS_OF_LABEL}.get(name) or FIELDS[name].label


def help_rows(
    columns: Iterable[str], entries: Iterable[str], translate: Callable[[str], str]
) -> Iterator[Sequence[Cell]]:
    """A row for each column and for each sheet of entries; what holds for all stands first."""
    for sentence in IN_GENERAL:
        yield ["", translate(sentence)]
    for name in columns:
        yield [translate(label(name)), translate(WHAT_TO_WRITE.get(name, PLAIN))]
    for name in entries:
        yield [name, translate(WHAT_TO_WRITE[name])]
