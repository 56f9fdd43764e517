"""Tells Django of this room."""

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    """Initiatives (tiltak)."""

    name = "helsevev.commons.initiatives"
    label = "initiatives"
    default_auto_field = "django.db.models.BigAutoField"
