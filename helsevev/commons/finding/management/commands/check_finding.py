"""`helsevev check finding`: does the index still say what its documents say?"""

from django.core.management.base import BaseCommand

from helsevev.commons.finding import queries
from helsevev.core.verdict import Found


class Command(BaseCommand):
    """Checks the index."""

    help = "does the index agree with its documents? Counts totals, bits and words again"

    def handle(self, *args: object, **options: object) -> None:
        """Name each fault, then say how many there were."""
        faults = 0
        for faults, fault in enumerate(queries.faults(), start=1):  # noqa: B007 the last number is the answer
            self.stdout.write(f"finding: {fault}")
        self.stdout.write(f"finding: {queries.documents()} documents, {faults} faults")
        if faults:
            raise Found(faults)
