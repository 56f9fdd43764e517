"""Tells Django of this room."""

from typing import ClassVar

from django.apps import AppConfig


class NewsletterConfig(AppConfig):
    """Newsletter (nyhetsbrev)."""

    name = "helsevev.network.newsletter"
    label = "newsletter"
    default_auto_field = "django.db.models.BigAutoField"
    counted_pages: ClassVar = ("newsletter:archive", "newsletter:letter", "newsletter:subscribe")
    year_figures: ClassVar = "helsevev.network.newsletter.queries.yearly.figures"
    duties: ClassVar = {
        "helsevev.network.newsletter.actions.sending.send_due": 5,
        "helsevev.network.newsletter.actions.settling.settle": 20,
        "helsevev.network.newsletter.actions.keeping.keep": 3600,
    }
