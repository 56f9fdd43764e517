"""Tells Django of this room."""

from typing import ClassVar

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    """Portfolio (portefølje)."""

    name = "helsevev.network.portfolio"
    label = "portfolio"
    default_auto_field = "django.db.models.BigAutoField"
    counted_pages: ClassVar = ("portfolio:list", "portfolio:dashboard", "portfolio:project")
    hands_in: ClassVar = "helsevev.network.portfolio.actions.writing.reindex_all"
    duties: ClassVar = {
        "helsevev.network.portfolio.actions.forget_thrown_away": 3600,
        "helsevev.network.portfolio.actions.writing.follow_calendar": 3600,
        "helsevev.network.portfolio.actions.tell_followers": 15,
    }

    def ready(self) -> None:
        """Make known what this room puts on the shelf."""
        from helsevev.commons.shelf.rules import register  # noqa: PLC0415 - the rooms are known only now
        from helsevev.network.portfolio.rules.showing import PUBLISHED  # noqa: PLC0415

        register(PUBLISHED)
