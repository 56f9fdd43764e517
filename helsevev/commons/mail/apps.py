"""Tells Django of this room."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Mail (post)."""

    name = "helsevev.commons.mail"
    label = "mail"
    default_auto_field = "django.db.models.BigAutoField"
