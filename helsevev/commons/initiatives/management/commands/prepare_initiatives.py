"""Brings the words that all wings share in line with the reviewed table in the repository."""

from django.core.management.base import BaseCommand

from helsevev.commons.initiatives.actions import load_taxonomy


class Command(BaseCommand):
    """Part of preparing an installation; safe to run again."""

    help = "bring the taxonomy in line with the repository's reviewed table"

    def handle(self, *args: object, **options: object) -> None:
        """Load what has changed."""
        if changed := load_taxonomy():
            self.stderr.write(f"Taxonomy: {changed} words made, changed or dropped.")
