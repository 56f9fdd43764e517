"""`helsevev check files`: do rows and bytes agree?"""

from django.core.management.base import BaseCommand

from helsevev.commons.files import queries
from helsevev.commons.files.models import StoredFile
from helsevev.core.verdict import Found


class Command(BaseCommand):
    """Checks the stored files."""

    help = "is every stored file there and unchanged, and is nothing there that no row knows?"

    def handle(self, *args: object, **options: object) -> None:
        """Read every file and say each that isn't right."""
        found = 0
        for fault in queries.faults():
            found += 1
            self.stdout.write(f"files: {fault}")
        count = StoredFile.objects.exclude(state=StoredFile.State.ERASED).count()
        self.stdout.write(f"files: {count} kept, {found} faults")
        if found:
            raise Found(found)
