"""`helsevev rebuild index`: everything derived from the documents is derived again."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter

from django.core.management.base import BaseCommand

from helsevev.commons.finding import actions, queries

EXAMPLES = """Examples:
  helsevev check finding            what is wrong?
  helsevev rebuild index            put it right; documents that are missing are handed in by their rooms again
  helsevev index portfolio          hand the portfolio's documents in again
"""


class Command(BaseCommand):
    """Rebuilds the index."""

    help = "make the index anew: what is derived from its documents, and documents that it has lost, from their rooms"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Nothing may be said on the line."""
        parser.epilog = EXAMPLES
        parser.formatter_class = RawDescriptionHelpFormatter

    def handle(self, *args: object, **options: object) -> None:
        """Rebuild, and say what was not as it should be."""
        rebuilt = actions.rebuild()
        self.stdout.write(
            f"{queries.documents()} documents: {rebuilt.texts} texts, {rebuilt.totals} totals and "
            f"{rebuilt.blocks} blocks of bits put right."
        )
