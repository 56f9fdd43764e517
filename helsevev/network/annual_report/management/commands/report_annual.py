"""Prints a year's report."""

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils.translation import override

from helsevev.core.words import Refusal, Refused, gettext_noop
from helsevev.network.annual_report import queries
from helsevev.network.annual_report.panels.formats import FORMATS, written
from helsevev.network.annual_report.rules import LANGUAGES

NOT_WRITTEN = gettext_noop("%(path)s can't be written: %(reason)s")
OTHER_YEAR = gettext_noop("The cut-off %(day)s doesn't lie in %(year)s")
NOT_A_DAY = gettext_noop("%(day)s is not a day such as 2022-12-31")
EXAMPLES = """Examples:
  helsevev report annual 2022 --format json                 every figure, counted and stated, and the appendix
  helsevev report annual 2022 --format pdf --output 2022.pdf
  helsevev report annual 2026 --cutoff 2026-06-30 --format xlsx --output half-year.xlsx

A published report is printed as it was published; one that isn't follows the data. The cut-off is 31 December unless
another day is named. Nothing is printed on stdout but the report.
"""


class Command(BaseCommand):
    """`helsevev report annual YEAR --format html|pdf|xlsx|json [--cutoff DATE] [--language nb] [--output FILE]`."""

    help = "print a year's report, every figure with the rows behind it"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What may be said on the line."""
        parser.epilog = EXAMPLES
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.add_argument("year", type=int)
        parser.add_argument("--format", choices=FORMATS, default="json")
        parser.add_argument("--cutoff", metavar="DATE", help="the last day that counts, such as 2022-12-31")
        parser.add_argument("--language", choices=LANGUAGES, default="nb")
        parser.add_argument("--output", type=Path, metavar="FILE", help="write here instead of to stdout")

    def handle(self, *args: object, **options: object) -> None:
        """Make it, and write it where it was asked for."""
        year, language = int(str(options["year"])), str(options["language"])
        with override(language):
            report = queries.report(year, language, self._cutoff(year, options["cutoff"]))
            content = written(report, str(options["format"]), language)
        path = options["output"]
        if path is None:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
            return
        try:
            Path(str(path)).write_bytes(content)
        except OSError as error:
            raise Refused(Refusal(NOT_WRITTEN, {"path": path, "reason": error.strerror or str(error)})) from None

    def _cutoff(self, year: int, asked: object) -> date | None:
        if asked is None:
            return None
        try:
            day = date.fromisoformat(str(asked))
        except ValueError:
            raise Refused(Refusal(NOT_A_DAY, {"day": asked})) from None
        if day.year != year:
            raise Refused(Refusal(OTHER_YEAR, {"day": asked, "year": year}))
        return day
