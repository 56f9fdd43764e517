"""`helsevev check database`: does an answered change survive power loss, and are the tables this version's?"""

from django.core.management.base import BaseCommand

from helsevev.commons.operations.queries import health
from helsevev.commons.operations.rules.health import undurable
from helsevev.core.verdict import Found


class Command(BaseCommand):
    """Checks the database's settings."""

    help = "are answered changes safe from power loss, and are the tables of this version?"

    def handle(self, *args: object, **options: object) -> None:
        """Say each setting that isn't safe."""
        faults = [str(refusal) for refusal in undurable(health.durability(), health.wanted())]
        if pending := health.pending_migrations():
            faults.append(f"{pending} migrations are not applied. Run: helsevev prepare")
        for fault in faults:
            self.stdout.write(f"database: {fault}")
        settings = ", ".join(f"{name} {value}" for name, value in health.durability().items())
        self.stdout.write(f"database: {settings}; {len(faults)} faults" if faults else f"database: {settings}; safe")
        if faults:
            raise Found(len(faults))
