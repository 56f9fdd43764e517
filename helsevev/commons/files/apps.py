"""Tells Django of this room."""

from typing import ClassVar

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files (filer)."""

    name = "helsevev.commons.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
    duties: ClassVar = {
        "helsevev.commons.files.actions.sweep": 6 * 60 * 60,
        "helsevev.commons.files.actions.erase_due": 24 * 60 * 60,
    }
