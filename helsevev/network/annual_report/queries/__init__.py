"""Every question that the annual report asks."""

from helsevev.network.annual_report.queries.reports import (
    Report,
    document,
    foreword,
    foreword_row,
    last_day,
    made,
    period,
    published,
    report,
    years,
)

__all__ = [
    "Report",
    "document",
    "foreword",
    "foreword_row",
    "last_day",
    "made",
    "period",
    "published",
    "report",
    "years",
]
