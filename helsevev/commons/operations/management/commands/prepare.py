"""`helsevev prepare`: make an installation ready, or bring it up to date after an upgrade."""

from django.core.management.base import BaseCommand

from helsevev.commons.operations.actions import preparing


class Command(BaseCommand):
    """Makes the installation ready."""

    help = "make the data folder and tables, bring them up to date, fill registers, collect static files"
    makes_ready = False

    def handle(self, *args: object, **options: object) -> None:
        """Do everything that isn't done yet."""
        preparing.refuse_half_restored()
        preparing.prepare(self.stderr)
        preparing.collect(self.stderr)
        preparing.take_place(self.stderr)
        self.stdout.write("Ready.")
