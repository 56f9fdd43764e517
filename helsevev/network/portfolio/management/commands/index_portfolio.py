"""Makes the index of the portfolio anew from what stands."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter

from django.core.management.base import BaseCommand

from helsevev.network.portfolio.actions import reindex
from helsevev.network.portfolio.queries.showing import every_key

EXAMPLES = """Examples:
  helsevev index portfolio          after a new taxonomy, or names of organisations, have been taken in
"""


class Command(BaseCommand):
    """`helsevev index portfolio`."""

    help = "make the portfolio's index anew from what stands"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Nothing may be said on the line."""
        parser.epilog = EXAMPLES
        parser.formatter_class = RawDescriptionHelpFormatter

    def handle(self, *args: object, **options: object) -> None:
        """Index every project."""
        keys = every_key()
        reindex(keys)
        self.stdout.write(f"{len(keys)} projects indexed.")
