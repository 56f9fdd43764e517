"""Tells Django of this room."""

from typing import ClassVar

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Operations (drift)."""

    name = "helsevev.commons.operations"
    label = "operations"
    default_auto_field = "django.db.models.BigAutoField"
    duties: ClassVar = {
        "helsevev.commons.operations.actions.purging.purge": 24 * 60 * 60,
        "helsevev.commons.operations.actions.working.put_back_jobs": 60,
    }
