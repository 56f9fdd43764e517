"""Tells Django of this room."""

from django.apps import AppConfig


class FindingConfig(AppConfig):
    """Finding (gjenfinning)."""

    name = "helsevev.commons.finding"
    label = "finding"
    default_auto_field = "django.db.models.BigAutoField"
