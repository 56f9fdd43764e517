"""In a demonstration, makes the pilot that everyone can try."""

from django.core.management.base import BaseCommand

from helsevev.network.piloting.actions.demonstrating import demonstrate


class Command(BaseCommand):
    """Part of preparing an installation; safe to run again."""

    help = "make a demonstration's pilot"

    def handle(self, *args: object, **options: object) -> None:
        """Make what is missing."""
        if demonstrate():
            self.stderr.write("Pilots: the demonstration's pilot is made.")
