"""Tells Django of this room."""

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    """Guidance (veiledning)."""

    name = "helsevev.network.guidance"
    label = "guidance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Show this room's own tabs in every working room."""
        from helsevev.core.words import gettext_noop  # noqa: PLC0415 - beside the tabs
        from helsevev.network.guidance.panels.tabs import Tab, register  # noqa: PLC0415 - models are there only now

        register(Tab(10, gettext_noop("Hours"), "guidance:hours", ""))
