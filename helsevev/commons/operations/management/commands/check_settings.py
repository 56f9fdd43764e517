"""`helsevev check settings`: what the framework and we find wrong with how this installation is set up."""

import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.core.management.base import BaseCommand

from helsevev.core.verdict import Found

# What the framework would warn of that is so by decision.
DECIDED = {
    "security.W021": "whether browsers preload our domain is the operator's to choose",
}


class Command(BaseCommand):
    """Checks the settings."""

    help = "is this installation set up safely?"

    def handle(self, *args: object, **options: object) -> None:
        """Say each thing that isn't."""
        found = checks.run_checks(include_deployment_checks=settings.PRODUCTION)
        serious = [one for one in found if one.level >= checks.WARNING and one.id not in DECIDED]
        faults = [*(f"{one.msg} ({one.id})".replace("\n", " ") for one in serious), *open_keys()]
        for fault in faults:
            self.stdout.write(f"settings: {fault}")
        self.stdout.write(f"settings: {settings.MODE}, {len(faults)} faults")
        if faults:
            raise Found(len(faults))


def open_keys() -> Iterator[str]:
    """Keys in the data folder that others than their owner can read."""
    for name in ("secret.key", "trail.key"):
        path = Path(settings.DATA_DIR) / name
        if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield f"{path} can be read by others. Say: chmod 600 {path}"
