"""Makes the first channels, and in a demonstration two years of invented visits."""

from django.core.management.base import BaseCommand

from helsevev.network.visits.actions.demonstrating import demonstrate
from helsevev.network.visits.actions.social import make_first


class Command(BaseCommand):
    """Part of preparing an installation; safe to run again."""

    help = "make the channels of social media, and a demonstration's visits"

    def handle(self, *args: object, **options: object) -> None:
        """Make what is missing."""
        make_first()
        if number := demonstrate():
            self.stderr.write(f"Visits: the demonstration's {number} invented days are made.")
