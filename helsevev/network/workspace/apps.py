"""Tells Django of this room."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """The workspace of a project (arbeidsrom)."""

    name = "helsevev.network.workspace"
    label = "workspace"
    default_auto_field = "django.db.models.BigAutoField"
