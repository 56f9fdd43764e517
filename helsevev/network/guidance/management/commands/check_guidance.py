"""`helsevev check guidance`: whether the hour ledger still can only grow."""

from django.core.management.base import BaseCommand

from helsevev.core.verdict import Found
from helsevev.network.guidance.queries.guarding import faults


class Command(BaseCommand):
    """Says what is wrong, if something is."""

    help = "see that the database refuses to change or delete lines of the hour ledger"

    def handle(self, *_args: object, **_options: object) -> None:
        """Look, and say."""
        found = faults()
        for sentence in found:
            self.stdout.write(sentence)
        if found:
            raise Found(len(found))
        self.stdout.write("The hour ledger can only grow.")
