"""Tells Django of this room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audit (sporet)."""

    name = "helsevev.commons.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
