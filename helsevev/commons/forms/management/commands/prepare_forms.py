"""Publishes the forms that come with the product where they aren't there yet."""

from django.conf import settings
from django.core.management.base import BaseCommand

from helsevev.commons.forms.actions import load_forms


class Command(BaseCommand):
    """Part of preparing an installation; safe to run again."""

    help = "publish the forms that come with the product"

    def handle(self, *args: object, **options: object) -> None:
        """Load what is missing."""
        if made := load_forms(settings.REFERENCE_DIR / "forms"):
            self.stderr.write(f"Forms published: {', '.join(made)}.")
