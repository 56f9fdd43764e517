"""The portfolio as a table (regneark): one row for each project, one column for each field that fits in a cell."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from helsevev.core.tables import Cell
from helsevev.core.words import gettext_noop
from helsevev.network.portfolio.queries.figures import sources
from helsevev.network.portfolio.queries.naming import LISTING_NAMES, Naming
from helsevev.network.portfolio.queries.records import Participant, Record
from helsevev.network.portfolio.rules import FIELDS

BETWEEN = "; "


@dataclass(frozen=True)
class Writing:
    """What a column needs beside the record: names in the reader's language, and where projects' pages lie."""

    naming: Naming
    address: str
    listings: Mapping[str, str]
    sources: Mapping[str, str]

    @classmethod
    def of(cls, naming: Naming, address: str, translate: Callable[[str], str]) -> "Writing":
        """Everything looked up once, before the first row."""
        listings = {listing: translate(name) for listing, name in LISTING_NAMES.items()}
        return cls(naming, address, listings, sources(naming.language))

    def term(self, vocabulary: str, code: str | None) -> str:
        """A word's label; empty where nothing is stated."""
        return self.naming.term(vocabulary, code) if code else ""

    def terms(self, vocabulary: str, codes: Sequence[str]) -> str:
        """Labels in one cell."""
        return BETWEEN.join(self.naming.terms(vocabulary, codes))


@dataclass(frozen=True)
class Column:
    """One column (kolonne): its heading, how wide it is, and what stands in it."""

    label: str
    width: int
    cell: Callable[[Record, Writing], Cell]


def _field(name: str, width: int) -> Column:
    """A field as it is kept: text or a number."""
    return Column(FIELDS[name].label, width, lambda record, _with: record.fields[name])


def _coded(name: str, width: int) -> Column:
    """A field whose codes have labels."""
    field = FIELDS[name]

    def cell(record: Record, using: Writing) -> Cell:
        value = record.fields[name]
        if isinstance(value, list):
            return using.terms(field.vocabulary, value)
        return using.term(field.vocabulary, value)

    return Column(field.label, width, cell)


def _names(parties: Iterable[Participant]) -> str:
    """Names as the source writes them, each once."""
    return BETWEEN.join(dict.fromkeys(party.stated_name for party in parties))


def _status(record: Record, using: Writing) -> Cell:
    return using.term("status", (record.fields["status"] or "").partition("-")[0])


def _status_as_of(record: Record, _using: Writing) -> Cell:
    return (record.fields["status"] or "").partition("-")[2]


def _source(record: Record, using: Writing) -> Cell:
    source = record.fields["source"] or ""
    return using.sources.get(source, source)


COLUMNS: tuple[Column, ...] = (
    Column(gettext_noop("Key"), 22, lambda record, _with: record.key),
    _field("title", 40),
    _field("title_nn", 30),
    _field("title_en", 30),
    Column(FIELDS["listing"].label, 18, lambda record, using: using.listings[record.fields["listing"]]),
    Column(FIELDS["owners"].label, 30, lambda record, _with: _names(record.owners)),
    Column(FIELDS["partners"].label, 40, lambda record, _with: _names(record.partners)),
    _coded("regions", 20),
    _field("award_year", 10),
    _field("award_round", 10),
    _coded("support", 22),
    _coded("patient_groups", 26),
    _coded("themes", 30),
    _coded("focus_area", 20),
    _coded("kind", 14),
    Column(FIELDS["status"].label, 14, _status),
    Column(gettext_noop("Status as of"), 12, _status_as_of),
    Column(gettext_noop("Phase"), 24, lambda record, using: using.term("phase", record.phase)),
    Column(gettext_noop("In the phase since"), 14, lambda record, _with: record.phase_since),
    _field("phase_note", 40),
    _field("continues", 22),
    _field("spreads", 22),
    _field("adapts", 22),
    _field("same_model_as", 22),
    _field("summary_nb", 60),
    _field("summary_nn", 60),
    _field("summary_en", 60),
    _field("contact_role", 24),
    Column(FIELDS["source"].label, 30, _source),
    Column(gettext_noop("Last changed"), 12, lambda record, _with: timezone.localdate(record.changed_at)),
    Column(gettext_noop("Page"), 50, lambda record, using: f"{using.address}{record.key}/"),
)


def header(translate: Callable[[str], str]) -> list[str]:
    """The headings in the reader's language."""
    return [translate(column.label) for column in COLUMNS]


def body(found: Iterable[Record], using: Writing) -> Iterator[Sequence[Cell]]:
    """A row for each record, as they come."""
    for record in found:
        yield [column.cell(record, using) for column in COLUMNS]


def widths() -> list[int]:
    """How wide the columns are in a workbook."""
    return [column.width for column in COLUMNS]


def about(total: int, choices: Sequence[str], address: str, today: date) -> list[tuple[str, Cell]]:
    """What the second sheet says: which selection this is, when and from where; labels are translated by the view."""
    return [
        (gettext_noop("Fetched from"), address),
        (gettext_noop("Fetched on"), today),
        (gettext_noop("Number of projects"), total),
        (gettext_noop("Selection"), BETWEEN.join(choices)),
    ]
