"""Tells Django of this room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People (mennesker)."""

    name = "helsevev.commons.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
