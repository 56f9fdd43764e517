"""Tells Django of this room."""

from typing import ClassVar

from django.apps import AppConfig


class FrontConfig(AppConfig):
    """The front door (inngangen)."""

    name = "helsevev.front"
    label = "front"
    duties: ClassVar = {"helsevev.front.actions.index_organisations": 600}
