"""`helsevev prepare applications`: the way of an application, a form to apply by, and what a demonstration shows."""

from django.core.management.base import BaseCommand

from helsevev.network.applications.actions.demonstrating import demonstrate
from helsevev.network.applications.actions.preparing import prepare


class Command(BaseCommand):
    """Makes what is missing, and can be run as often as one likes."""

    help = "make the way of an application through a round, and a form to apply by"

    def handle(self, *_args: object, **_options: object) -> None:
        """Prepare, and say so if there was anything to do."""
        if prepare():
            self.stdout.write("A form for applications is published.")
        if made := demonstrate():
            self.stdout.write(f"{made} invented applications are made.")
