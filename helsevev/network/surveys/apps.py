"""Tells Django of this room."""

from typing import ClassVar

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Surveys (spørreundersøkelser)."""

    name = "helsevev.network.surveys"
    label = "surveys"
    default_auto_field = "django.db.models.BigAutoField"
    counted_pages: ClassVar = ("surveys:list", "surveys:results", "surveys:years")
    duties: ClassVar = {
        "helsevev.network.surveys.actions.moving.close_due": 3600,
        "helsevev.network.surveys.actions.following.forget_due": 3600,
    }

    def ready(self) -> None:
        """Show a meeting's own survey where the meeting is shown."""
        from helsevev.network.events.panels import following  # noqa: PLC0415 - models are there only now
        from helsevev.network.surveys.panels.following import on_desk, on_page  # noqa: PLC0415

        following.register(page=on_page, desk=on_desk)
