"""Tells Django of this room."""

from typing import ClassVar

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Mail (post)."""

    name = "helsevev.commons.mail"
    label = "mail"
    default_auto_field = "django.db.models.BigAutoField"
    duties: ClassVar = {"helsevev.commons.mail.actions.send_due": 2}
