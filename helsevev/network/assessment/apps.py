"""Tells Django of this room."""

from typing import ClassVar

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Assessment and decision (vurdering og tildeling)."""

    name = "helsevev.network.assessment"
    label = "assessment"
    default_auto_field = "django.db.models.BigAutoField"
    duties: ClassVar = {"helsevev.network.assessment.actions.reminding.remind": 3600}
