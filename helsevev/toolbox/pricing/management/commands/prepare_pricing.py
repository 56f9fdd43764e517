"""Loads the population that comes with the product, and a demonstration's example."""

from django.core.management.base import BaseCommand

from helsevev.toolbox.pricing.actions.preparing import prepare_example, prepare_population


class Command(BaseCommand):
    """Part of preparing an installation; safe to run again."""

    help = "load the population that comes with the product, and a demonstration's price case"

    def handle(self, *args: object, **options: object) -> None:
        """Load what is missing."""
        if prepare_population():
            self.stderr.write("Population: the table that comes with the product is loaded.")
        if prepare_example():
            self.stderr.write("Prices: the demonstration's example is made.")
