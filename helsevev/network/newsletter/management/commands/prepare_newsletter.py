"""In a demonstration, makes the letters that everyone can read, and one to write on."""

from django.core.management.base import BaseCommand

from helsevev.network.newsletter.actions.demonstrating import demonstrate


class Command(BaseCommand):
    """Part of preparing an installation; safe to run again."""

    help = "make a demonstration's newsletters"

    def handle(self, *args: object, **options: object) -> None:
        """Make what is missing."""
        if number := demonstrate():
            self.stderr.write(f"Newsletter: the demonstration's {number} letters are made.")
