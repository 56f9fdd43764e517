"""`helsevev restore FILE`: take a backup back."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from helsevev.commons.operations.actions import restoring


class Command(BaseCommand):
    """Takes a backup back."""

    help = "take a backup back into an empty installation; everything is verified before anything is touched"
    makes_ready = False

    def add_arguments(self, parser: CommandParser) -> None:
        """What from, and over what."""
        parser.add_argument("file", help="the backup, such as /backups/monday.tar")
        parser.add_argument("--replace", action="store_true", help="replace everything that is in this installation")
        parser.add_argument("--without-key", action="store_true", help="restore although the trail's key is lost")

    def handle(self, *args: object, **options: object) -> None:
        """Restore it and say what came back."""
        source = Path(str(options["file"])).absolute()
        if not source.is_file():
            raise CommandError(f"{source} is not a file.")
        done = restoring.restore(
            source,
            replace=bool(options["replace"]),
            without_key=bool(options["without_key"]),
            say=self.stderr.write,
        )
        found = done.manifest
        self.stdout.write(f"Restored {found.rows} rows in {len(found.tables)} tables and {len(found.files)} files.")
        if done.trail_faults is None:
            self.stderr.write("The trail's key is unknown, so the trail can't be verified.")
        elif done.trail_faults:
            self.stderr.write(f"The trail has {done.trail_faults} faults. Say `helsevev check trail`.")
        else:
            self.stderr.write(f"The trail is sound up to line {found.trail.number}.")
