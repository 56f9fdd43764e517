"""`helsevev load pages FILE`: pages of another site as drafts."""

import argparse
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from helsevev.core.verdict import Found
from helsevev.knowledge.pages import forms
from helsevev.knowledge.pages.actions import importing, planting
from helsevev.knowledge.pages.rules.kinds import KINDS


class Command(BaseCommand):
    """Reads an export of WordPress or Drupal, or a page of HTML."""

    help = "make drafts of the pages of another site; --check looks through the texts that come with the product"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The file, and which kind of page its pages become."""
        parser.add_argument("file", type=Path, nargs="?", metavar="FILE")
        parser.add_argument("--kind", choices=list(KINDS), default="news", help="what the pages become (default: news)")
        parser.add_argument("--check", action="store_true", help="only tell what is wrong with data/knowledge")

    def handle(self, *args: object, **options: object) -> None:
        """Make the drafts, and say on stdout what became of each page."""
        if options["check"] or options["file"] is None:
            self._check()
            return
        assert isinstance(options["file"], Path)
        made = kept = 0
        for became in importing.bring(forms.pages(options["file"]), str(options["kind"])):
            left = ", ".join(f"{number} {name}" for name, number in sorted(became.left_out.items()))
            if became.slug:
                made += 1
                self.stdout.write(f"{became.title}: draft {became.slug}" + (f"; left out: {left}" if left else ""))
            else:
                kept += 1
                self.stdout.write(f"{became.title}: {became.why}")
        self.stdout.write(f"{made} drafts made, {kept} left")

    def _check(self) -> None:
        found = list(planting.faults(settings.REFERENCE_DIR / "knowledge"))
        for fault in found:
            self.stdout.write(fault)
        if found:
            raise Found(len(found))
