"""Tells Django of this room."""

from typing import ClassVar

from django.apps import AppConfig


class AnnualReportConfig(AppConfig):
    """Annual report (årsrapport)."""

    name = "helsevev.network.annual_report"
    label = "annual_report"
    default_auto_field = "django.db.models.BigAutoField"
    counted_pages: ClassVar = tuple(f"annual_report:{name}" for name in ("list", "statistics", "report", "figure"))
    portfolio_parts: ClassVar = {"annual_report_2022": "helsevev.network.annual_report.actions.PART"}
