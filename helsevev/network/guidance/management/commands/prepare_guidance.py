"""`helsevev prepare guidance`: the case of early discharge under guidance, where accounts are invented."""

from django.core.management.base import BaseCommand

from helsevev.network.guidance.actions.demonstrating import demonstrate


class Command(BaseCommand):
    """Makes what is missing, and can be run as often as one likes."""

    help = "make an invented engagement on a real case, in demo mode alone"

    def handle(self, *_args: object, **_options: object) -> None:
        """Prepare, and say so if there was anything to do."""
        if made := demonstrate():
            self.stdout.write(f"The case under guidance has a ledger of {made} lines.")
