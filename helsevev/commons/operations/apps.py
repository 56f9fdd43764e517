"""Tells Django of this room."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Operations (drift)."""

    name = "helsevev.commons.operations"
    label = "operations"
    default_auto_field = "django.db.models.BigAutoField"
