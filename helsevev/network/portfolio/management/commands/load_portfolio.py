"""Takes in the portfolio from a JSON file, all of it or nothing."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import IntegrityError, OperationalError

from helsevev.core.faults import Faulty
from helsevev.network.portfolio.actions import load
from helsevev.network.portfolio.forms import read_file

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
        """Read, take in, and say what was done; faults go to stderr, one line each."""
        try:
            incoming = read_file(Path(str(options["file"])))
            report = load(incoming, dry_run=bool(options["dry_run"]), progress=self.stderr.write)
        except Faulty as faulty:
            for fault in faulty.faults:
                self.stderr.write(str(fault))
            raise SystemExit(1) from None
        except (IntegrityError, OperationalError):
            self.stderr.write("Someone else was changing the same projects. Nothing was changed; try again.")
            raise SystemExit(1) from None
        for notice in report.notices:
            self.stderr.write(notice)
        for line in report.lines:
            self.stdout.write(line)
