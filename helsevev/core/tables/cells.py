"""What may stand in a cell, and how text is kept from being run as a formula by whoever opens the file.

A spreadsheet that opens a CSV file runs every cell that begins with a formula sign. It may also take another
character for the delimiter than we did (a Norwegian one takes the semicolon), so that a cell begins in the middle
of our text. An apostrophe goes before the sign in each such place; numbers and phone numbers stay as they are.
`restore` takes out exactly what `neutralise` put in.
"""

import re
from datetime import date, datetime
from decimal import Decimal

Cell = str | int | float | Decimal | bool | date | datetime | None

# Formula signs, and their full-width forms, which some spreadsheets read as the plain ones.
SIGNS = "=+\\-@＝＋－＠"
# Where a cell may begin: at the start, or after anything that some spreadsheet takes for a delimiter or line end.
STARTS = ",;\\t\\r\\n\\x0b\\x0c\\x1c\\x1d\\x1e\\x85\\u2028\\u2029"
NUMBER = r"[+-]?\d+(?:[ \u00a0\u202f.]\d{3})*(?:[.,]\d+)?(?:[eE][+-]?\d{1,3})?(?:[ \u00a0]?%)?"
PHONE = r"\+\d{1,3}(?:[ \u00a0-]?(?:\d+|\(\d+\)))+"
DANGER = re.compile(rf"(^|[{STARTS}])([\s\"]*)('*)(?=[{SIGNS}])(?!(?:{NUMBER}|{PHONE})[\s\"]*(?:[{STARTS}]|\Z))")
BLANK_START = re.compile(r"\A('*)(?=[\t\r\n])")


def neutralise(text: str) -> str:
    """`text` with an apostrophe wherever a spreadsheet could begin to read a formula."""
    marked = DANGER.sub(r"\1\2'\3", text)
    return BLANK_START.sub(r"'\1", marked)


def restore(text: str) -> str:
    """What `neutralise` was given; text from elsewhere loses only apostrophes that did the same work."""
    plain = BLANK_START.sub(_one_less, text)
    return DANGER.sub(lambda found: f"{found[1]}{found[2]}{found[3][1:]}", plain)


def _one_less(found: re.Match[str]) -> str:
    """The run of apostrophes without its first."""
    return found[1][1:]


def plain(cell: Cell) -> str | int | float | Decimal:
    """A cell as CSV shows it: dates in ISO form, yes and no as 1 and 0, nothing as empty text."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return int(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return neutralise(cell)
    return cell
