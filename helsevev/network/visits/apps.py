"""Tells Django of this room."""

from typing import ClassVar

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """Visits (besøk)."""

    name = "helsevev.network.visits"
    label = "visits"
    default_auto_field = "django.db.models.BigAutoField"
    year_figures: ClassVar = "helsevev.network.visits.queries.yearly.figures"
    duties: ClassVar = {"helsevev.network.visits.actions.closing.close_due": 600}
    beside_pages: ClassVar = {"helsevev.network.visits.actions.counting.write": 5}
    counted_pages: ClassVar = ("visits:visits", "visits:social")
