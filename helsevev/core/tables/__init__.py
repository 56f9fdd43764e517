"""Tables that leave and enter as CSV and XLSX: cells neutralised on the way out, limits kept on the way in."""

from helsevev.core.tables.cells import Cell, neutralise, restore
from helsevev.core.tables.limits import LIMITS, Limits, Why
from helsevev.core.tables.reading import Table, read
from helsevev.core.tables.writing import XLSX, Sheet, csv_lines, write_xlsx

__all__ = [
    "LIMITS",
    "XLSX",
    "Cell",
    "Limits",
    "Sheet",
    "Table",
    "Why",
    "csv_lines",
    "neutralise",
    "read",
    "restore",
    "write_xlsx",
]
