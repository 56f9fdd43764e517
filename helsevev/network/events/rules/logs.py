"""A meeting log (møtelogg) as Teams, Zoom and others write it: whom it names, and who of us that is. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from helsevev.core.tables import Cell
from helsevev.core.words import Refusal, Refused, gettext_noop

NAMES = {"name", "navn", "full name", "fullt navn", "participant", "deltaker", "name (original name)"}
NAMES |= {"navn (opprinnelig navn)", "deltakernavn"}
ADDRESSES = {"email", "e-mail", "e-post", "epost", "user email", "e-post for bruker", "e-postadresse", "email address"}
ADDRESSES |= {"participant id (upn)", "deltaker-id (upn)"}
NO_HEADS = gettext_noop("The file has no row with column heads such as name and e-mail.")


@dataclass(frozen=True)
class Seen:
    """Someone that a log names (sett)."""

    name: str
    address: str


@dataclass(frozen=True)
class Matched:
    """Who was found among the registered, by their numbers, and how many others the log names (treff)."""

    found: frozenset[int]
    others: int


def plain(text: object) -> str:
    """A name or an address as it is compared: small letters, single spaces."""
    return " ".join(str(text or "").casefold().split())


def read(rows: Sequence[Sequence[Cell]]) -> list[Seen]:
    """Everyone that the log names, each once; the heads may stand below a summary, as Teams has it."""
    if all(len(row) == 1 for row in rows):
        # A summary stands first, and has no columns: the rows below it are parted here.
        rows = [str(row[0]).split("\t") for row in rows]
    for at, row in enumerate(rows):
        heads = [plain(cell) for cell in row]
        name = next((place for place, head in enumerate(heads) if head in NAMES), None)
        address = next((place for place, head in enumerate(heads) if head in ADDRESSES), None)
        if address is not None or (name is not None and len(heads) > 1):
            return _people(rows[at + 1 :], name, address)
    raise Refused(Refusal(NO_HEADS))


def _people(rows: Iterable[Sequence[Cell]], name: int | None, address: int | None) -> list[Seen]:
    found: dict[tuple[str, str], Seen] = {}
    for row in rows:
        one = Seen(_cell(row, name), _cell(row, address) if "@" in _cell(row, address) else "")
        if len([cell for cell in row if cell not in (None, "")]) < 2 and not one.address:
            break  # the next part of the file begins
        if one.name or one.address:
            found.setdefault(("", one.address) if one.address else (one.name, ""), one)
    return list(found.values())


def _cell(row: Sequence[Cell], at: int | None) -> str:
    return plain(row[at]) if at is not None and at < len(row) else ""


def match(seen: Iterable[Seen], people: Mapping[int, tuple[str, str]]) -> Matched:
    """Who of the registered (number: name and address) the log names; a name counts where one alone has it."""
    by_address = {plain(address): number for number, (_name, address) in people.items() if address}
    by_name: dict[str, list[int]] = {}
    for number, (name, _address) in people.items():
        by_name.setdefault(plain(name), []).append(number)
    found: set[int] = set()
    others = 0
    for one in seen:
        named = by_name.get(one.name, [])
        if one.address in by_address:
            found.add(by_address[one.address])
        elif len(named) == 1:
            found.add(named[0])
        else:
            others += 1
    return Matched(frozenset(found), others)
