"""A report as a file: JSON, workbook, paper, or a page that stands alone."""

import io
from collections.abc import Callable, Mapping

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from helsevev.core import annual
from helsevev.core.tables import XLSX, write_xlsx
from helsevev.network.annual_report.panels.chapters import chapters, headlines
from helsevev.network.annual_report.panels.paper import pdf
from helsevev.network.annual_report.queries import Report

TYPES: Mapping[str, str] = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": XLSX,
    "json": "application/json",
}
FORMATS = tuple(TYPES)


def written(report: Report, form: str, language: str) -> bytes:
    """The file's bytes; the same for the same report."""
    return WRITERS[form](report, language)


def _html(report: Report, language: str) -> bytes:
    context = {
        "report": report,
        "document": report.document,
        "language": language,
        "site": settings.SITE_URL,
        "headlines": headlines(report.document),
        "chapters": chapters(report.document, language),
    }
    return render_to_string("annual_report/alone.html", context).encode()


def _xlsx(report: Report, _language: str) -> bytes:
    file = io.BytesIO()
    write_xlsx(file, annual.sheets(report.document, _))
    return file.getvalue()


def _json(report: Report, _language: str) -> bytes:
    return annual.as_json(report.document)


WRITERS: Mapping[str, Callable[[Report, str], bytes]] = {"html": _html, "pdf": pdf, "xlsx": _xlsx, "json": _json}
