"""Tells Django of this room."""

from django.apps import AppConfig


class FrontConfig(AppConfig):
    """The front door (inngangen)."""

    name = "helsevev.front"
    label = "front"
