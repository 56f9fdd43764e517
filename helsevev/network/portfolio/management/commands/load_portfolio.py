"""Takes in the portfolio from a JSON file, all of it or nothing."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import IntegrityError

from helsevev.core.words import Refusal, Refused, gettext_noop
from helsevev.network.portfolio.actions import load
from helsevev.network.portfolio.forms import read_file

SOMEONE_ELSE = gettext_noop("Someone else was taking in the same projects. Nothing was changed; try again.")
EXAMPLES = """Examples:
  helsevev load portfolio data/portfolio.json --dry-run     what would change; nothing does
  helsevev load portfolio data/portfolio.json               the last line says how many were made, changed and left

The file's shape is docs/portfolio.schema.json. Projects are matched by id. A key that a row lacks leaves the field;
null means not stated, and never erases what a person has entered. What was edited here since the last load is kept,
and named on stderr. On a fault nothing changes: every fault is named on stderr with its place, and the exit code is 1.
"""


class Command(BaseCommand):
    """`helsevev load portfolio FILE [--dry-run]`."""

    help = "take in projects from a JSON file"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What may be said on the line."""
        parser.epilog = EXAMPLES
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: object, **options: object) -> None:
        """Read, take in, and say what was done; `Faulty` carries the faults to whoever runs the command."""
        incoming = read_file(Path(str(options["file"])))
        try:
            report = load(incoming, dry_run=bool(options["dry_run"]), progress=self.stderr.write)
        except IntegrityError as error:
            raise Refused(Refusal(SOMEONE_ELSE)) from error
        for notice in report.notices:
            self.stderr.write(notice)
        for line in report.lines:
            self.stdout.write(line)
