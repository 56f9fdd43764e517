"""What a row of a register says about an organisation (registerrad), read and checked. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stdnum.exceptions import ValidationError
from stdnum.no import orgnr

from helsevev.core.slugs import slug
from helsevev.core.words import Refusal, Refused, gettext_noop


class Why:
    """Why a register can't be taken in."""

    NO_SUCH_REGISTER = gettext_noop("There is no register '%(register)s'. The registers are: %(known)s.")
    NO_SUCH_PARENT = gettext_noop("%(key)s belongs to %(parent)s, which nobody knows. Load that organisation first.")
    UNREADABLE = gettext_noop("%(file)s can't be read: %(reason)s.")
    MISSING = gettext_noop("Row %(row)s: the column %(column)s is empty. Every row needs it.")
    NO_COLUMN = gettext_noop("The file has no column for %(column)s. Its columns are: %(columns)s.")
    NOT_A_NUMBER = gettext_noop("Row %(row)s: '%(value)s' in %(column)s is not a whole number.")
    NOT_MUNICIPALITY = gettext_noop("Row %(row)s: '%(value)s' is not a municipality number. It has four digits.")
    CHECK_DIGIT = gettext_noop("Row %(row)s: '%(value)s' is not an organisation number; its check digit is wrong.")
    TWICE = gettext_noop("Row %(row)s: %(key)s stands in the list already. Each organisation may stand once.")
    REGION = gettext_noop("Row %(row)s: '%(value)s' is not a health region. Write one of: HN, HM, HV, HSO.")


HEALTH_REGIONS = ("HN", "HM", "HV", "HSO")
# Counties by number and the health region whose hospitals serve them; exceptions by municipality stand below.
REGION_OF_COUNTY: Mapping[str, str] = {
    **dict.fromkeys(("03", "31", "32", "33", "34", "39", "40", "42"), "HSO"),
    **dict.fromkeys(("11", "46"), "HV"),
    **dict.fromkeys(("15", "50"), "HM"),
    **dict.fromkeys(("18", "55", "56"), "HN"),
}
# Bindal lies in Nordland and uses Namsos hospital; data/registers/SOURCES.md says how sure that is.
REGION_EXCEPTIONS: Mapping[str, str] = {"1811": "HM"}
KIND_OF: Mapping[str, str] = {
    "regional_health_authorities": "regional_health_authority",
    "hospital_trusts": "hospital_trust",
    "health_communities": "health_community",
    "municipalities": "municipality",
}
NEEDED: Mapping[str, tuple[str, ...]] = {"municipalities": ("number", "name"), "organisations": ("key", "name", "kind")}


@dataclass(frozen=True)
class Record:
    """One organisation as a register states it: its columns, its parent's key, and other names."""

    key: str
    columns: Mapping[str, object]
    parent: str = ""
    other_names: tuple[str, ...] = ()


def records(register: str, rows: Iterable[Mapping[str, str]], known: Mapping[str, str] | None = None) -> list[Record]:
    """All rows as records. `known` gives the key that a municipality number already has.

    Raises Refused with every fault in the list, by row number as a spreadsheet shows it (the header is row 1).
    """
    made: list[Record] = []
    faults: list[Refusal] = []
    seen: set[str] = set()
    for number, row in enumerate(rows, start=2):
        try:
            record = _record(register, row, number, known or {})
        except Refused as refused:
            faults += refused.refusals
            continue
        if record.key in seen:
            faults.append(Refusal(Why.TWICE, {"row": number, "key": record.key}))
        seen.add(record.key)
        made.append(record)
    if faults:
        raise Refused(*faults)
    return made


def _record(register: str, row: Mapping[str, str], number: int, known: Mapping[str, str]) -> Record:
    """One row as a record."""
    for column in NEEDED.get(register, ("key", "name")):
        if column not in row:
            raise Refused(Refusal(Why.NO_COLUMN, {"column": column, "columns": ", ".join(row)}))
        if not (row[column] or "").strip():
            raise Refused(Refusal(Why.MISSING, {"row": number, "column": column}))
    if register == "municipalities":
        return _municipality(row, number, known)
    return Record(
        key=row["key"].strip(),
        columns={
            "name": row["name"].strip(),
            "kind": KIND_OF.get(register) or row["kind"].strip(),
            "health_region": _region(row.get("health_region") or "", number),
            "county_number": (row.get("county_number") or "").strip(),
            "organisation_number": organisation_number(row.get("organisation_number") or "", number),
            "note": (row.get("note") or "").strip(),
        },
        parent=(row.get("parent") or row.get("hospital_trust") or "").strip(),
        other_names=_split(row.get("also_called") or ""),
    )


def _municipality(row: Mapping[str, str], number: int, known: Mapping[str, str]) -> Record:
    """A municipality; its county is in its number, and its health region follows from the county."""
    code = row["number"].strip().zfill(4)
    if len(code) != 4 or not code.isdigit():
        raise Refused(Refusal(Why.NOT_MUNICIPALITY, {"row": number, "value": row["number"]}))
    name = row["name"].strip()
    norwegian = (row.get("name_nb") or name).strip()
    county = (row.get("county_number") or code[:2]).strip()
    stated = (row.get("health_region") or "").strip()
    region = REGION_EXCEPTIONS.get(code) or stated or REGION_OF_COUNTY.get(county, "")
    shown = f"{norwegian} kommune"
    others = [part for part in (norwegian, name, *_split(row.get("other_names") or "")) if part != shown]
    return Record(
        key=(row.get("key") or "").strip() or known.get(code) or f"{slug(norwegian)}-kommune",
        columns={
            "name": shown,
            "kind": "municipality",
            "health_region": _region(region, number),
            "county_number": county,
            "county": (row.get("county_nb") or row.get("county") or "").strip(),
            "municipality_number": code,
            "organisation_number": organisation_number(row.get("organisation_number") or "", number),
            "population": _whole(row.get("population") or "", "population", number),
        },
        other_names=tuple(dict.fromkeys(others)),
    )


def organisation_number(value: str, row: int) -> str:
    """Nine digits with a right check digit (modulus 11, as the Brønnøysund registers publish it), or empty."""
    if not value.strip():
        return ""
    try:
        return str(orgnr.validate(value))
    except ValidationError as error:
        raise Refused(Refusal(Why.CHECK_DIGIT, {"row": row, "value": value})) from error


def _region(value: str, row: int) -> str:
    """A health region's code, or empty."""
    if value.strip() and value.strip() not in HEALTH_REGIONS:
        raise Refused(Refusal(Why.REGION, {"row": row, "value": value}))
    return value.strip()


def _whole(value: str, column: str, row: int) -> int | None:
    """A whole number, also when written with spaces between the thousands; empty means not stated."""
    digits = "".join(value.split())
    if not digits:
        return None
    if not digits.isdecimal():
        raise Refused(Refusal(Why.NOT_A_NUMBER, {"row": row, "column": column, "value": value}))
    return int(digits)


def _split(names: str) -> tuple[str, ...]:
    """Names kept in one cell, with semicolons between."""
    return tuple(name.strip() for name in names.split(";") if name.strip())
