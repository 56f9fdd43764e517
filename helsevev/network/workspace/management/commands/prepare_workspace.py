"""Publishes the guides that come with the product, and in a demonstration makes its workspace."""

from django.conf import settings
from django.core.management.base import BaseCommand

from helsevev.network.workspace.actions import demonstrating, guides


class Command(BaseCommand):
    """Part of preparing an installation; safe to run again."""

    help = "publish the guides that come with the product"

    def handle(self, *_args: object, **_options: object) -> None:
        """Load what is missing."""
        if made := guides.load(settings.REFERENCE_DIR / "guides", "system:prepare"):
            self.stderr.write(f"Guides published: {', '.join(made)}.")
        if settings.DEMO and demonstrating.demonstrate():
            self.stderr.write("The case's workspace is made.")
