"""`helsevev visit-links`: asks links of other sites whether they still lead anywhere."""

import argparse
import time

from django.core.management.base import BaseCommand

from helsevev.knowledge.pages.actions.visiting import visit
from helsevev.knowledge.pages.queries import links

MOST = 500
# Seconds between two questions to the same site.
PAUSE = 1.0


class Command(BaseCommand):
    """Asks those that haven't been asked lately, one of each site at a time; the desk shows what didn't answer."""

    help = "ask links of other sites on published pages whether they still lead anywhere"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """How many at most."""
        parser.add_argument("--most", type=int, default=MOST, help=f"ask at most so many (default: {MOST})")

    def handle(self, *args: object, **options: object) -> None:
        """Ask until none is due; then what fails, a line each."""
        left = int(str(options["most"]))
        while left > 0 and (asked := visit(left)):
            left -= asked
            time.sleep(PAUSE)
        for one in links.dead():
            assert one.visit is not None
            self.stdout.write(f"{one.address}: {one.visit.answer} {one.visit.status or ''} ({one.page.slug})")
