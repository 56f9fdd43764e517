"""Tells Django of this room."""

from typing import ClassVar

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Rounds and applications (tildelingsrunder og søknader)."""

    name = "helsevev.network.applications"
    label = "applications"
    default_auto_field = "django.db.models.BigAutoField"
    counted_pages: ClassVar = ("applications:calls", "applications:call", "applications:call_form")
    duties: ClassVar = {"helsevev.network.applications.actions.rounds_telling.forget_unconfirmed": 3600}
