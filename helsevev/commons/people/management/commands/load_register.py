"""Renews a register of organisations from a publisher's CSV file."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from helsevev.commons.people.actions import REGISTERS, renew
from helsevev.commons.people.rules import Why
from helsevev.core.tables import read
from helsevev.core.words import Refusal, Refused

EXAMPLES = """Examples:
  helsevev load register kommuner.csv --register municipalities --as-of 2027-01-01 \\
      --map number=Kommunenummer --map name=Kommunenavn --map population=Folketall \\
      --publisher "Statistics Norway" --source "Table 07459"
  helsevev load register hospitals.csv --register hospital_trusts --dry-run

Columns that can be mapped: key, name, number, name_nb, other_names, also_called, kind, health_region,
county_number, county, population, parent, organisation_number, note. A column with our own name needs no --map.
Organisations that the new list lacks are named on stderr and left: projects may refer to them.
"""


class Command(BaseCommand):
    """`helsevev load register FILE --register NAME`."""

    help = "renew a register of organisations from a publisher's CSV"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What may be said on the line."""
        parser.epilog = EXAMPLES
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.add_argument("file", type=Path)
        parser.add_argument("--register", required=True, choices=REGISTERS)
        parser.add_argument("--map", action="append", default=[], metavar="OURS=THEIRS")
        parser.add_argument("--as-of", default="", help="the date that the list speaks for, such as 2027-01-01")
        parser.add_argument("--publisher", default="")
        parser.add_argument("--source", default="")
        parser.add_argument("--licence", default="")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: object, **options: object) -> None:
        """Read, map, take in, and say what changed."""
        stated = {key: str(options[key]) for key in ("as_of", "publisher", "source", "licence")}
        if stated["as_of"]:
            _date(stated["as_of"])
        rows = _mapped(_rows(Path(str(options["file"]))), _pairs(options["map"]))
        with transaction.atomic():
            outcome = renew(str(options["register"]), rows, stated, actor="system:load")
            if options["dry_run"]:
                transaction.set_rollback(True)
        for key in outcome.made:
            self.stdout.write(f"{key}: made")
        for key, fields in outcome.changed.items():
            self.stdout.write(f"{key}: changed {', '.join(fields)}")
        for key in outcome.absent:
            self.stderr.write(f"{key}: not in the new list, and left as it was")
        self.stdout.write(str(outcome))


def _date(text: str) -> None:
    """Refuse what isn't a date."""
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--as-of '{text}' is not a date. Write it as 2027-01-01.") from error


def _rows(path: Path) -> list[dict[str, str]]:
    """The file's rows by column, CSV or XLSX."""
    try:
        header, *rows = read(path.read_bytes()).rows
    except OSError as error:
        raise Refused(Refusal(Why.UNREADABLE, {"file": path, "reason": error.strerror})) from error
    names = [str(cell or "").strip() for cell in header]
    return [dict(zip(names, ("" if cell is None else str(cell) for cell in row), strict=False)) for row in rows]


def _pairs(mapped: object) -> dict[str, str]:
    """`--map ours=theirs`, as theirs -> ours."""
    pairs = {}
    for pair in mapped if isinstance(mapped, list) else []:
        ours, sign, theirs = pair.partition("=")
        if not (ours and sign and theirs):
            raise CommandError(f"--map '{pair}' should look like number=Kommunenummer.")
        pairs[theirs] = ours
    return pairs


def _mapped(rows: list[dict[str, str]], pairs: dict[str, str]) -> list[dict[str, str]]:
    """The rows with our column names."""
    missing = set(pairs) - set(rows[0]) if rows else set()
    if missing:
        raise CommandError(f"The file has no column '{sorted(missing)[0]}'. Its columns are: {', '.join(rows[0])}.")
    return [{pairs.get(column, column): value for column, value in row.items()} for row in rows]
