"""`helsevev check shelf`: is everything on the shelf as it was put there?"""

from django.core.management.base import BaseCommand

from helsevev.commons.shelf import queries
from helsevev.core.verdict import Found


class Command(BaseCommand):
    """Checks the shelf."""

    help = "is everything on the shelf as it was put there, whole, of its type's shape and about no person?"

    def handle(self, *args: object, **options: object) -> None:
        """Name each fault, then say how many there were."""
        faults = list(queries.faults())
        for fault in faults:
            self.stdout.write(f"shelf: {fault}")
        self.stdout.write(f"shelf: {queries.number()} items, {len(faults)} faults")
        if faults:
            raise Found(len(faults))
