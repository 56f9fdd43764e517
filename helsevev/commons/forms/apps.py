"""Tells Django of this room."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    """Forms (skjemaer)."""

    name = "helsevev.commons.forms"
    label = "forms"
    default_auto_field = "django.db.models.BigAutoField"
