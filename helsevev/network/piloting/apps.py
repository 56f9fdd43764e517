"""Tells Django of this room."""

from typing import ClassVar

from django.apps import AppConfig


class PilotingConfig(AppConfig):
    """Pilots and the experience they give (utprøving og prosjekterfaring)."""

    name = "helsevev.network.piloting"
    label = "piloting"
    default_auto_field = "django.db.models.BigAutoField"
    duties: ClassVar = {"helsevev.network.piloting.actions.warning.look_again": 3600}

    def ready(self) -> None:
        """Make known the item type, the tabs, what keeps the piloting gate shut, and which words pilots rest on."""
        from helsevev.commons.shelf.rules import register as register_type  # noqa: PLC0415 - rooms are there only now
        from helsevev.network.guidance.panels.tabs import register as register_tab  # noqa: PLC0415
        from helsevev.network.piloting.panels import TABS  # noqa: PLC0415
        from helsevev.network.piloting.queries.hurdles import in_use, refuse_gate  # noqa: PLC0415
        from helsevev.network.piloting.rules.experience import EXPERIENCE  # noqa: PLC0415
        from helsevev.network.workspace.rules.hurdles import Hurdle, hold, register  # noqa: PLC0415

        register_type(EXPERIENCE)
        for tab in TABS:
            register_tab(tab)
        register(Hurdle("pilot protocol", refuse_gate))
        hold("pilot protocol", in_use)
