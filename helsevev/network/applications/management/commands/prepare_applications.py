"""`helsevev prepare applications`: the first version of the way of an application."""

from django.core.management.base import BaseCommand

from helsevev.network.applications.actions.rounds import workflow_now


class Command(BaseCommand):
    """Makes what is missing, and can be run as often as one likes."""

    help = "make the first version of the way of an application through a round"

    def handle(self, *_args: object, **_options: object) -> None:
        """Prepare."""
        workflow_now()
