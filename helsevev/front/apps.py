"""Tells Django of this room."""

from typing import ClassVar

from django.apps import AppConfig

OPEN = ("home", "about", "accessibility", "privacy", "cookies", "organisations", "organisation", "interface")


class FrontConfig(AppConfig):
    """The front door (inngangen)."""

    name = "helsevev.front"
    label = "front"
    counted_pages: ClassVar = tuple(f"front:{name}" for name in OPEN)
    hands_in: ClassVar = "helsevev.front.actions.index_organisations"
    duties: ClassVar = {"helsevev.front.actions.index_organisations": 600}
