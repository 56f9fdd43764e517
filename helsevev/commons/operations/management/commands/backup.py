"""`helsevev backup FILE`: one file with everything but the keys."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from helsevev.commons.operations.actions import backing_up


class Command(BaseCommand):
    """Makes a backup."""

    help = "write one tar file with every table and stored file, of one moment, while the product runs"

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("file", help="the file to write, such as /backups/monday.tar; an older one is replaced")

    def handle(self, *args: object, **options: object) -> None:
        """Write it and say what is in it."""
        target = Path(str(options["file"])).absolute()
        if not target.parent.is_dir():
            raise CommandError(f"{target.parent} is not a folder. Make it first.")
        if target.is_dir():
            raise CommandError(f"{target} is a folder. Name a file in it.")
        made = backing_up.back_up(target)
        found = made.manifest
        self.stdout.write(
            f"{target}: {found.rows} rows in {len(found.tables)} tables, {len(found.files)} files, {made.size} bytes"
        )
        if made.key_file:
            self.stderr.write(f"The trail's key is in {made.key_file}, not in the backup. Keep the two apart.")
        else:
            self.stderr.write("Keys are not in it (HELSEVEV_SECRET_KEY, HELSEVEV_TRAIL_KEY). Keep them elsewhere.")
