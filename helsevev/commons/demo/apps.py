"""Tells Django of this room."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Demo (prøvemodus)."""

    name = "helsevev.commons.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"
