"""Tells Django of this room."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """The workspace of a project (arbeidsrom)."""

    name = "helsevev.network.workspace"
    label = "workspace"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Show this room's tabs in every working room, and guard the gate."""
        from helsevev.core.words import gettext_noop  # noqa: PLC0415 - beside the tabs
        from helsevev.network.guidance.panels.tabs import Tab, register  # noqa: PLC0415 - models are there only now
        from helsevev.network.portfolio.panels.words import register as mark  # noqa: PLC0415
        from helsevev.network.portfolio.rules.guarding import guard  # noqa: PLC0415 - queries are there only now
        from helsevev.network.workspace.panels.marking import agreed  # noqa: PLC0415
        from helsevev.network.workspace.queries.entering import refuse  # noqa: PLC0415 - models are there only now

        guard("phases", refuse)
        mark(agreed)
        register(Tab(30, gettext_noop("Roadmap"), "workspace:roadmap", "roadmap"))
        register(Tab(40, gettext_noop("Words"), "workspace:words", "words"))
