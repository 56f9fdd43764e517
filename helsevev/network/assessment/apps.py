"""Tells Django of this room."""

from typing import ClassVar

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Assessment and decision (vurdering og tildeling)."""

    name = "helsevev.network.assessment"
    label = "assessment"
    default_auto_field = "django.db.models.BigAutoField"
    duties: ClassVar = {
        "helsevev.network.assessment.actions.reminding.remind": 3600,
        "helsevev.network.assessment.actions.letters.note_delivery": 3600,
        "helsevev.network.assessment.actions.retention.forget_due": 86400,
    }

    def ready(self) -> None:
        """Show the ways here on the pages of applications and rounds, and tell guidance what rounds ask for."""
        from helsevev.network.applications.panels.beside import register  # noqa: PLC0415 - models are there only now
        from helsevev.network.assessment.panels import BESIDE  # noqa: PLC0415
        from helsevev.network.assessment.queries.demand import asked_next  # noqa: PLC0415
        from helsevev.network.guidance.queries.capacity import register_demand  # noqa: PLC0415

        register(BESIDE)
        register_demand(asked_next)
