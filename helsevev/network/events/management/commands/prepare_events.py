"""`helsevev prepare events`: invented meetings, where accounts are invented."""

from django.core.management.base import BaseCommand

from helsevev.network.events.actions.demonstrating import demonstrate


class Command(BaseCommand):
    """Makes what is missing, and can be run as often as one likes."""

    help = "make invented meetings, in demo mode alone"

    def handle(self, *_args: object, **_options: object) -> None:
        """Prepare, and say so if there was anything to do."""
        if made := demonstrate():
            self.stdout.write(f"{made} invented meetings are in the calendar.")
