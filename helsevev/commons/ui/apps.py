"""Tells Django of this room."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Look (utseende)."""

    name = "helsevev.commons.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
