"""A part of `helsevev check`: the texts can be read, and readers see what is published."""

from django.conf import settings
from django.core.management.base import BaseCommand

from helsevev.core.verdict import Found
from helsevev.knowledge.pages.actions.planting import faults
from helsevev.knowledge.pages.queries.standing import strays


class Command(BaseCommand):
    """Says what is wrong, if anything."""

    help = "check the knowledge bank's texts, and that readers see what is published"

    def handle(self, *args: object, **options: object) -> None:
        """A sentence for each fault."""
        found = [*faults(settings.REFERENCE_DIR / "knowledge"), *strays()]
        for fault in found:
            self.stdout.write(f"pages: {fault}")
        self.stdout.write(f"pages: {len(found)} faults")
        if found:
            raise Found(len(found))
