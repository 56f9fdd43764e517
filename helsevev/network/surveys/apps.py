"""Tells Django of this room."""

from typing import ClassVar

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Surveys (spørreundersøkelser)."""

    name = "helsevev.network.surveys"
    label = "surveys"
    default_auto_field = "django.db.models.BigAutoField"
    counted_pages: ClassVar = ("surveys:list", "surveys:results", "surveys:years")
    duties: ClassVar = {"helsevev.network.surveys.actions.moving.close_due": 3600}
