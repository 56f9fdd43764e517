"""`helsevev load bounces PATH...`: notes the letters that came back."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from helsevev.network.newsletter.actions.bouncing import reports, take_in


class Command(BaseCommand):
    """Reads reports of letters that didn't arrive."""

    help = "note newsletters that came back: .eml files, a mailbox file (mbox), or folders of them"

    def add_arguments(self, parser: CommandParser) -> None:
        """Where they lie."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")

    def handle(self, *args: object, **options: list[Path]) -> None:
        """Take them in."""
        missing = [str(path) for path in options["paths"] if not path.exists()]
        if missing:
            raise CommandError(f"There is nothing at {', '.join(missing)}.")
        taken, others = take_in(raw for path in options["paths"] for raw in reports(path))
        self.stdout.write(f"Bounces: {taken} noted, {others} letters that told of nothing of ours.")
