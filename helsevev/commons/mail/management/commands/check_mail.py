"""`helsevev check mail`: does the mail go out?"""

from django.core.management.base import BaseCommand

from helsevev.commons.mail import queries
from helsevev.core.verdict import Found


class Command(BaseCommand):
    """Checks the queue of messages."""

    help = "does e-mail go out? Messages that should have gone an hour ago are faults"

    def handle(self, *args: object, **options: object) -> None:
        """Say how many are in each state."""
        states = ", ".join(f"{number} {state}" for state, number in sorted(queries.counts().items())) or "no messages"
        overdue = queries.overdue()
        if overdue:
            self.stdout.write(f"mail: {overdue} messages should have been sent an hour ago. Does the worker run?")
        self.stdout.write(f"mail: {states}, {overdue} faults")
        if overdue:
            raise Found(overdue)
