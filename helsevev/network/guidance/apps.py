"""Tells Django of this room."""

from typing import ClassVar

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    """Guidance (veiledning)."""

    name = "helsevev.network.guidance"
    label = "guidance"
    default_auto_field = "django.db.models.BigAutoField"
    year_figures: ClassVar = "helsevev.network.guidance.queries.yearly.figures"
    duties: ClassVar = {"helsevev.network.guidance.actions.reminding.remind": 3600}

    def ready(self) -> None:
        """Show this room's own tabs in every working room, the way there on a project's page, and who hears of it."""
        from helsevev.commons.initiatives.queries import register_hearers  # noqa: PLC0415 - models are there only now
        from helsevev.core.words import gettext_noop  # noqa: PLC0415 - beside the tabs
        from helsevev.network.guidance.panels.project import ways  # noqa: PLC0415
        from helsevev.network.guidance.panels.tabs import Tab, register  # noqa: PLC0415 - models are there only now
        from helsevev.network.guidance.queries.rooms import hearers  # noqa: PLC0415
        from helsevev.network.portfolio.panels import beside  # noqa: PLC0415

        register_hearers(hearers)
        beside.register(ways)
        register(Tab(10, gettext_noop("Hours"), "guidance:hours", "", also=("hours", "engagement")))
        register(Tab(20, gettext_noop("Sessions"), "guidance:sessions", "sessions"))
