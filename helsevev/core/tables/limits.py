"""How much of a stranger's table is taken in, and why one is refused."""

from dataclasses import dataclass
from enum import StrEnum

from helsevev.core.words import gettext_noop


class Why(StrEnum):
    """Why a table isn't taken in."""

    EMPTY = gettext_noop("The file is empty.")
    TOO_BIG = gettext_noop("The file is larger than %(most)s MB. Send it in parts.")
    TOO_MANY_ROWS = gettext_noop("The table has more than %(most)s rows. Send it in parts.")
    TOO_MANY_COLUMNS = gettext_noop("Row %(row)s has more than %(most)s columns. Remove those that aren't needed.")
    CELL_TOO_LONG = gettext_noop("A cell in row %(row)s has more than %(most)s characters. Shorten it.")
    UNPACKS_TOO_BIG = gettext_noop("The workbook unpacks to more than %(most)s MB. Send it in parts.")
    OLD_OR_LOCKED = gettext_noop(
        "The file is in the old .xls format or has a password. Save it as .xlsx without a password."
    )
    MACROS = gettext_noop("The workbook holds macros. Save it as .xlsx without them.")
    NOT_A_WORKBOOK = gettext_noop(
        "The file looks like a workbook, but can't be read. Open it and save it anew as .xlsx."
    )
    UNSAFE_WORKBOOK = gettext_noop("The workbook has parts that no spreadsheet writes, so it isn't opened.")
    NO_SHEET = gettext_noop("The workbook has no sheet called '%(sheet)s'.")
    NOT_TEXT = gettext_noop("The file is neither a workbook nor text. Send .xlsx or .csv.")
    OPEN_QUOTE = gettext_noop(
        "The table breaks off near line %(line)s: a quotation mark isn't closed, or stands alone."
    )


@dataclass(frozen=True)
class Limits:
    """How much is taken in at most (grenser)."""

    size: int = 10_000_000
    unpacked: int = 60_000_000
    parts: int = 500
    rows: int = 20_000
    columns: int = 200
    characters: int = 32_767


LIMITS = Limits()
