"""`helsevev prepare demo`: an invented account for each role."""

from django.core.management.base import BaseCommand

from helsevev.commons.demo.actions import prepare


class Command(BaseCommand):
    """Makes what is missing, and can be run as often as one likes."""

    help = "make an invented account for each role (demo mode only)"

    def handle(self, *_args: object, **_options: object) -> None:
        """Prepare, and say so if there was anything to do."""
        if given := prepare():
            self.stdout.write(f"{given} roles given to invented people.")
