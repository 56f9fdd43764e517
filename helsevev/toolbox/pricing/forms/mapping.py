"""Workbooks out and in: our own, and a municipality's own with the cells named that hold our inputs."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from helsevev.core import pricing
from helsevev.core.faults import Fault, Faulty
from helsevev.core.pricing.importing import mapped, read_workbook
from helsevev.core.pricing.inputs import change, laws_follow
from helsevev.core.pricing.workbook import workbook as book_of
from helsevev.core.tables.limits import Why as TableWhy
from helsevev.core.words import Refusal, gettext_noop

NOT_A_LINE = gettext_noop("'%(line)s' is no line such as centre.handling_minutes = Inputs!B3")


def workbook(case: pricing.Case) -> bytes:
    """The case as a workbook in the reader's language."""
    return book_of(case, words=_)


def too_large(most: int) -> Refusal:
    """Why a file isn't read."""
    return Refusal(TableWhy.TOO_BIG, {"most": most // 1_000_000})


def content_of(raw: bytes, cells: str, standing: Mapping[str, Any]) -> dict[str, Any]:
    """The content of our own workbook; of another, the standing case with the cells that were named.

    What a workbook doesn't carry stays as it stands: laws of uncertainty, and notes of whole rows.
    """
    if not cells.strip():
        found: dict[str, Any] = read_workbook(raw)
        notes = {**(standing.get("notes") or {}), **(found.get("notes") or {})}
        title = found.get("title") or standing.get("title")
        laws = standing.get("uncertainty", {})
        return laws_follow(standing, {**found, "title": title, "uncertainty": laws, "notes": notes})
    return change(pricing.read(standing), _mapped(raw, cells)).as_dict()


def _mapped(raw: bytes, cells: str) -> dict[str, Any]:
    """What the named cells hold."""
    wanted: dict[str, str] = {}
    for line in cells.splitlines():
        if line.strip():
            place, equals, cell = line.partition("=")
            if not equals:
                raise Faulty([Fault("", Refusal(NOT_A_LINE, {"line": line.strip()[:80]}))])
            wanted[place.strip()] = cell.strip()
    found: dict[str, Any] = mapped(raw, wanted)
    return found
