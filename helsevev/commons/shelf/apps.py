"""Tells Django of this room."""

from django.apps import AppConfig


class ShelfConfig(AppConfig):
    """The shelf (hylla)."""

    name = "helsevev.commons.shelf"
    label = "shelf"
    default_auto_field = "django.db.models.BigAutoField"
