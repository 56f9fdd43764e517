"""Fills an empty installation with the registers that the repository carries."""

from django.core.management.base import BaseCommand

from helsevev.commons.people.actions import load_registers
from helsevev.commons.people.models import Organisation


class Command(BaseCommand):
    """Part of preparing an installation; does nothing where organisations stand already."""

    help = "load the registers of organisations into an empty installation"

    def handle(self, *args: object, **options: object) -> None:
        """Load them once."""
        if not Organisation.objects.exists():
            self.stderr.write(f"Organisations: {load_registers()}.")
