"""Writes what readers see anew, from the pages themselves."""

from django.core.management.base import BaseCommand

from helsevev.knowledge.pages.actions.showing import show
from helsevev.knowledge.pages.queries.standing import live


class Command(BaseCommand):
    """Run after a restore, or when `helsevev check pages` says that something is missing."""

    help = "write what readers see of the knowledge bank anew"

    def handle(self, *args: object, **options: object) -> None:
        """Every live page."""
        pages = live()
        show(pages)
        self.stderr.write(f"Knowledge: {len(pages)} pages shown.")
