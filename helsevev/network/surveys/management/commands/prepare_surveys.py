"""In a demonstration, makes the surveys that everyone can read and answer."""

from django.core.management.base import BaseCommand

from helsevev.network.surveys.actions.demonstrating import demonstrate


class Command(BaseCommand):
    """Part of preparing an installation; safe to run again."""

    help = "make a demonstration's surveys"

    def handle(self, *args: object, **options: object) -> None:
        """Make what is missing."""
        if number := demonstrate():
            self.stderr.write(f"Surveys: the demonstration's {number} surveys are made.")
