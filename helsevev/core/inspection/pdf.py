"""A PDF written anew without anything that acts by itself, or refused."""

from pathlib import Path

import pikepdf

from helsevev.core.inspection.active import Cleaner
from helsevev.core.inspection.bounds import MOST_OBJECTS, MOST_PAGES
from helsevev.core.inspection.streams import Meter
from helsevev.core.inspection.verdicts import Answer, Reason, Refuse

SIGN = b"%PDF-"


def clean(source: Path, target: Path) -> Answer:
    """Write a harmless copy; the same file gives the same copy."""
    with source.open("rb") as file:
        if file.read(len(SIGN)) != SIGN:
            raise Refuse(Reason.WRONG_KIND)
    try:
        with pikepdf.open(source, attempt_recovery=False, suppress_warnings=True) as pdf:
            return _cleaned(pdf, target)
    except pikepdf.PasswordError as error:
        raise Refuse(Reason.ENCRYPTED) from error
    except (pikepdf.PdfError, pikepdf.DataDecodingError) as error:
        raise Refuse(Reason.UNREADABLE) from error


def _cleaned(pdf: pikepdf.Pdf, target: Path) -> Answer:
    if pdf.is_encrypted:
        raise Refuse(Reason.ENCRYPTED)
    if len(pdf.objects) > MOST_OBJECTS:
        raise Refuse(Reason.TOO_COMPLEX)
    pages = _pages(pdf)
    meter, cleaner = Meter(), Cleaner(pdf)
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream):
            meter.add(thing)
        cleaner.visit(thing)
    cleaner.finish()
    pdf.save(target, deterministic_id=True, fix_metadata_version=False)
    return Answer(pages=pages, removed=tuple(sorted(cleaner.removed)))


def _pages(pdf: pikepdf.Pdf) -> int:
    pages = len(pdf.pages)
    if pages > MOST_PAGES:
        raise Refuse(Reason.TOO_MANY_PAGES)
    if pages == 0:
        raise Refuse(Reason.UNREADABLE)
    return pages
