"""`helsevev prepare organisations`: every organisation of the registers is found by its names."""

from django.core.management.base import BaseCommand

from helsevev.front.actions import index_organisations


class Command(BaseCommand):
    """Hands organisations in to be found."""

    help = "make every organisation findable by all its names; what hasn't changed isn't written"

    def handle(self, *args: object, **options: object) -> None:
        """Hand them in."""
        index_organisations()
