"""Tells Django of this room."""

from typing import ClassVar

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Search (søk)."""

    name = "helsevev.knowledge.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"
    counted_pages: ClassVar = ("search:search",)
