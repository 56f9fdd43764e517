"""Tells Django of this room."""

from typing import ClassVar

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audit (sporet)."""

    name = "helsevev.commons.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
    # What the worker does again and again, with the seconds between (see commons/operations).
    duties: ClassVar = {"helsevev.commons.audit.actions.keep_head": 60}
