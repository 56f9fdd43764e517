"""`helsevev purge`: delete what has been kept long enough, as the worker does every day."""

from django.core.management.base import BaseCommand, CommandParser

from helsevev.commons.operations.actions import purging


class Command(BaseCommand):
    """Deletes rows that are over time."""

    help = "delete what has been kept long enough (the worker does it every day)"

    def add_arguments(self, parser: CommandParser) -> None:
        """Only look."""
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *args: object, **options: object) -> None:
        """Delete, and say how many rows of which table."""
        dry = bool(options["dry_run"])
        gone = purging.purge(dry_run=dry)
        for table, count in gone.items():
            self.stdout.write(f"{table}: {count}")
        self.stdout.write(f"{sum(gone.values())} rows {'would be deleted' if dry else 'deleted'}")
