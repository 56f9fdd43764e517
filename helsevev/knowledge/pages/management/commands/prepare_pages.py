"""Makes the knowledge bank's roots, and pages of the texts that come with the product."""

from django.conf import settings
from django.core.management.base import BaseCommand

from helsevev.knowledge.pages.actions.planting import plant, plant_roots


class Command(BaseCommand):
    """Part of preparing an installation; safe to run again."""

    help = "make the knowledge bank's roots, and pages of the texts that come with the product"

    def handle(self, *args: object, **options: object) -> None:
        """Make what is missing."""
        plant_roots()
        plant(settings.REFERENCE_DIR / "knowledge", self.stderr.write)
