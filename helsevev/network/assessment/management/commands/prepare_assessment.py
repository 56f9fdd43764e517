"""`helsevev prepare assessment`: an invented round at work, where accounts are invented."""

from django.core.management.base import BaseCommand

from helsevev.network.assessment.actions.demonstrating import demonstrate


class Command(BaseCommand):
    """Makes what is missing, and can be run as often as one likes."""

    help = "make an invented round past its deadline, in demo mode alone"

    def handle(self, *_args: object, **_options: object) -> None:
        """Prepare, and say so if there was anything to do."""
        if made := demonstrate():
            self.stdout.write(f"An invented round with {made} applications is at work.")
