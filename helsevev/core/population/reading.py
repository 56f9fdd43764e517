"""Reads Statistics Norway's tables of inhabitants as downloaded: JSON-stat2, CSV, and our own plain CSV.

Tables 07459 (counted) and 14288 or 14746 (projected) have a row for each municipality, sex, age and year. Sexes are
added; counties, the country and other regions without a four-digit number are left out.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from helsevev.core import strictjson
from helsevev.core.faults import Faulty, quoted
from helsevev.core.population.people import OLDEST, Kind, Population, Why, gathered, refused

NUMBER = re.compile(r"(?:K[-_]?)?(\d{4})(?!\d)")
AGE = re.compile(r"F?0*(\d{1,3})\+?(?:\s+\D*)?\Z")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
PROJECTED = ("14288", "14746", "framskriv", "framskrev", "projection", "projected")
COLUMNS = {
    "region": ("region", "number", "kommune", "municipality", "kommunenummer"),
    "age": ("alder", "age"),
    "year": ("år", "year", "tid", "time", "aar"),
    "count": ("population", "personer", "persons", "value", "folkemengde", "innbyggere"),
}
SERIES = ("contents", "statistikkvariabel", "contentscode")
Counts = dict[tuple[str, int, int], float]


def read(raw: bytes, kind: Kind | None = None, year: int | None = None, series: str = "") -> Population:
    """A table out of what was downloaded. Raises `Faulty`.

    `kind` is told by the table itself unless given; `year` is for plain CSV without years; `series` chooses among
    several projections in one file.
    """
    if raw.lstrip()[:1] == b"{":
        return _json_stat(raw, kind, series)
    return _csv(raw, kind, year, series)


def age(text: str) -> int | None:
    """An age out of `000`, `105+`, `5 år`, `105 years or older`; nothing where it isn't one."""
    match = AGE.match(text.strip())
    found = int(match[1]) if match else None
    return found if found is not None and found <= OLDEST else None


def _kind(said: str, kind: Kind | None) -> Kind:
    """What the figures are, by what the table says of itself."""
    if kind:
        return kind
    return Kind.PROJECTED if any(word in said.casefold() for word in PROJECTED) else Kind.OBSERVED


@dataclass(frozen=True)
class _Axis:
    """One dimension of a JSON-stat table: its role and its codes in order, with their labels."""

    role: str
    codes: Sequence[str]
    labels: Mapping[str, str]


def _json_stat(raw: bytes, kind: Kind | None, series: str) -> Population:
    """JSON-stat2."""
    whole, faults = strictjson.read(raw)
    if faults:
        raise Faulty(faults)
    if not isinstance(whole, dict) or not isinstance(whole.get("dimension"), dict):
        raise refused("", Why.NOT_TABLE)
    try:
        axes = [_axis(name, whole["dimension"][name]) for name in whole["id"]]
        values = whole["value"]
        if isinstance(values, dict):
            values = {int(place): value for place, value in values.items()}
        counts = _counts(axes, values, series)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise refused("", Why.NOT_TABLE) from error
    said = f"{whole.get('label', '')} {whole.get('extension', '')}"
    return gathered(counts, _kind(said, kind), str(whole.get("label", "")))


def _axis(name: str, holder: Mapping[str, Any]) -> _Axis:
    """A dimension with its codes in the order of the values."""
    category = holder["category"]
    index = category.get("index") or dict.fromkeys(category["label"], 0)
    ordered = list(index) if isinstance(index, list) else sorted(index, key=lambda code: index[code])
    return _Axis(_role(name), ordered, category.get("label", {}))


def _role(name: str) -> str:
    """What a dimension is about."""
    folded = name.casefold()
    for role, words in COLUMNS.items():
        if folded in words:
            return role
    return "series" if folded in SERIES else "other"


def _counts(axes: Sequence[_Axis], values: Any, series: str) -> Counts:  # noqa: ANN401 - a list or an object
    """Sums by municipality, year and age."""
    roles = {axis.role for axis in axes}
    for role in ("region", "age", "year"):
        if role not in roles:
            raise refused("", Why.NO_COLUMN, what=role, found=", ".join(sorted(roles)))
    counts: Counts = {}
    kept = [_codes(axis, series) for axis in axes]
    sizes = [len(axis.codes) for axis in axes]
    for picked in product(*kept):
        place, key = 0, {}
        for axis, size, (at, meaning) in zip(axes, sizes, picked, strict=True):
            place = place * size + at
            key[axis.role] = meaning
        value = values.get(place) if isinstance(values, dict) else values[place]
        if value is not None:
            where = (str(key["region"]), int(key["year"]), int(key["age"]))
            counts[where] = counts.get(where, 0.0) + float(value)
    return counts


def _codes(axis: _Axis, series: str) -> list[tuple[int, Any]]:
    """The codes of a dimension that count, each with its place and its meaning."""
    if axis.role == "region":
        found = [(at, NUMBER.fullmatch(code)) for at, code in enumerate(axis.codes)]
        return [(at, match[1]) for at, match in found if match]
    if axis.role == "age":
        ages = [(at, age(code)) for at, code in enumerate(axis.codes)]
        return [(at, found) for at, found in ages if found is not None]
    if axis.role == "year":
        return [(at, int(code)) for at, code in enumerate(axis.codes)]
    if axis.role == "series" and len(axis.codes) > 1:
        return [(_chosen(axis, series), None)]
    # Sexes are added; where the table also holds both together, that alone is taken.
    both = [at for at, code in enumerate(axis.codes) if code in ("0", "3") and len(axis.codes) > 2]
    return [(at, None) for at in (both[:1] or range(len(axis.codes)))]


def _chosen(axis: _Axis, series: str) -> int:
    """The series that was asked for, or the main one (MMMM) where it can be told."""
    for at, code in enumerate(axis.codes):
        if series and series.casefold() in (code.casefold(), axis.labels.get(code, "").casefold()):
            return at
    main = [at for at, code in enumerate(axis.codes) if "MMMM" in code + axis.labels.get(code, "")]
    if series or len(main) != 1:
        found = ", ".join(axis.labels.get(code, code) for code in axis.codes)
        raise refused("", Why.CHOOSE, found=found)
    return main[0]


@dataclass
class _Sheet:
    """A CSV table being read: where its columns are, and what has been counted so far."""

    places: Mapping[str, int | None]
    wide: Sequence[tuple[int, int]]
    year: int | None
    series: str
    counts: Counts = field(default_factory=dict)
    seen: set[tuple[str, ...]] = field(default_factory=set)

    def take(self, line: int, row: Sequence[str]) -> None:
        """One row's counts; rows of counties and of other series are left out."""
        region, old = self.places["region"], self.places["age"]
        if region is None or old is None or len(row) <= max(region, old):
            return
        match = NUMBER.match(row[region].strip())
        if not match or (self.series and self.series not in row):
            return
        found = age(row[old])
        if found is None:
            raise refused(f"line {line}", Why.NOT_AGE, value=quoted(row[old]))
        self._once(line, row, match[1], found)
        for at, year in self._cells(row):
            where = (match[1], year, found)
            self.counts[where] = self.counts.get(where, 0.0) + _count(row[at] if at < len(row) else "", line)

    def _once(self, line: int, row: Sequence[str], number: str, found: int) -> None:
        """Each row may stand once."""
        counted = {at for at, _year in self.wide} | {self.places["count"]}
        key = tuple(cell for at, cell in enumerate(row) if at not in counted)
        if key in self.seen:
            raise refused(f"line {line}", Why.TWICE, municipality=number, year=self.year or "", age=found)
        self.seen.add(key)

    def _cells(self, row: Sequence[str]) -> Sequence[tuple[int, int]]:
        """The cells that hold counts, each with its year."""
        count, at = self.places["count"], self.places["year"]
        if self.wide or count is None:
            return self.wide
        stated = YEAR.search(row[at]) if at is not None else None
        year = int(stated[1]) if stated else self.year
        if year is None:
            raise refused("", Why.NO_COLUMN, what="year", found=", ".join(row))
        return [(count, year)]


def _csv(raw: bytes, kind: Kind | None, year: int | None, series: str) -> Population:
    """CSV with a column for each year, or with a column that says the year."""
    title, rows = _rows(_text(raw))
    if not rows:
        raise refused("", Why.NOT_TABLE)
    header = [cell.strip().casefold() for cell in rows[0][1]]
    places = {role: _column(header, words) for role, words in COLUMNS.items()}
    for role in ("region", "age"):
        if places[role] is None:
            raise refused("", Why.NO_COLUMN, what=role, found=", ".join(header))
    wide = [(at, int(match[1])) for at, cell in enumerate(header) if (match := YEAR.search(cell)) and at > 1]
    if not wide and places["count"] is None:
        places["count"] = len(header) - 1
    sheet = _Sheet(places, wide, year, series)
    for line, row in rows[1:]:
        sheet.take(line, row)
    return gathered(sheet.counts, _kind(f"{title} {' '.join(header)}", kind), title)


def _text(raw: bytes) -> str:
    """UTF-8, or what Norwegian spreadsheets write otherwise."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _rows(text: str) -> tuple[str, list[tuple[int, list[str]]]]:
    """The title above the table, and the rows with their line numbers."""
    lines = text.splitlines()
    first = next((line for line in lines if sum(line.count(sign) for sign in ";,\t") >= 2), "")
    delimiter = max(";,\t", key=first.count)
    start = lines.index(first) if first else 0
    found = csv.reader(io.StringIO("\n".join(lines[start:])), delimiter=delimiter)
    return " ".join(lines[:start]).strip().strip('"'), [
        (start + number, row) for number, row in enumerate(found, start=1) if any(cell.strip() for cell in row)
    ]


def _column(header: Sequence[str], words: Sequence[str]) -> int | None:
    """The column that has one of these names."""
    return next((at for at, cell in enumerate(header) if cell in words), None)


def _count(cell: str, line: int) -> float:
    """A number of people; a projection's may have decimals."""
    tidy = cell.strip().replace("\u00a0", "").replace(" ", "").replace(",", ".")
    try:
        value = float(tidy)
    except ValueError:
        value = -1.0
    if not 0 <= value < 1e9:
        raise refused(f"line {line}", Why.NOT_COUNT, value=quoted(cell))
    return value
