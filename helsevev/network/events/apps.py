"""Tells Django of this room."""

from typing import ClassVar

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Meetings (møteplasser)."""

    name = "helsevev.network.events"
    label = "events"
    default_auto_field = "django.db.models.BigAutoField"
    counted_pages: ClassVar = ("events:calendar", "events:meeting")
    portfolio_parts: ClassVar = {"events": "helsevev.network.events.actions.PART"}
    hands_in: ClassVar = "helsevev.network.events.actions.showing.hand_in"
    year_figures: ClassVar = "helsevev.network.events.queries.yearly.figures"
    duties: ClassVar = {
        "helsevev.network.events.actions.reminding.remind": 300,
        "helsevev.network.events.actions.forgetting.forget_due": 3600,
    }

    def ready(self) -> None:
        """Say what of a meeting lies on the shelf."""
        from helsevev.network.events.rules import shelving  # noqa: F401, PLC0415 - registers itself once
