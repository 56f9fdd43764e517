"""The portfolio's doors: files and forms, each read and checked before an action sees it."""

from helsevev.network.portfolio.forms.excel import Workbook, read_workbook
from helsevev.network.portfolio.forms.file import json_schema, read, read_file

__all__ = ["Workbook", "json_schema", "read", "read_file", "read_workbook"]
