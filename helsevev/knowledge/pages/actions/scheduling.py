"""Publishing at the hour that an editor has set (planlagt publisering); the worker comes round for it."""

from django.core.management import call_command
from django.db import transaction


def publish_due() -> None:
    """Publish what is due, and take down what has had its time: all of it, or nothing."""
    with transaction.atomic():
        call_command("publish_scheduled", verbosity=0)
