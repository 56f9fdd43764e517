"""Tells Django of this room."""

from django.apps import AppConfig


class PricingConfig(AppConfig):
    """Service prices (tjenestepriser)."""

    name = "helsevev.toolbox.pricing"
    label = "pricing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make known what this room puts on the shelf, and what it reads there."""
        from helsevev.commons.shelf.rules import register  # noqa: PLC0415 - the rooms are known only now
        from helsevev.toolbox.pricing.rules.showing import MINUTES, RESULT, VOLUMES  # noqa: PLC0415

        for kind in (RESULT, VOLUMES, MINUTES):
            register(kind)
