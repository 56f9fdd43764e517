"""Tells Django of this room."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files (filer)."""

    name = "helsevev.commons.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
