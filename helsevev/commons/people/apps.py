"""Tells Django of this room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People (mennesker)."""

    name = "helsevev.commons.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what allauth does with accounts."""
        from helsevev.commons.people.forms import witness  # noqa: PLC0415 - models exist only now

        witness.connect()
