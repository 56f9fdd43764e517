"""Tells Django of this room."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    """Portfolio (portefølje)."""

    name = "helsevev.network.portfolio"
    label = "portfolio"
    default_auto_field = "django.db.models.BigAutoField"
