"""Papers (brev, kvitteringer, referater, regninger, rapporter): PDF/UA set by Typst with fonts of our own. Pure.

    about = About(language="nb", made_at=now, issuer="Nettverket", say=gettext)
    papers.letter(Letter(subject=..., ...), about)      -> bytes of a PDF

The same data gives the same bytes, so a digest taken today holds next year. Every text is data: no letter of it is
read as markup.
"""

from collections.abc import Mapping
from typing import Any

from helsevev.core.papers import asking, billing, reporting, writing
from helsevev.core.papers.asking import Form, Line
from helsevev.core.papers.billing import Bill, BillLine
from helsevev.core.papers.reporting import Chapter, Entry, Picture, Report
from helsevev.core.papers.setting import About, pdf
from helsevev.core.papers.setting import pictures as drawn
from helsevev.core.papers.writing import Item, Letter, Minutes, Table

__all__ = [
    "About",
    "Bill",
    "BillLine",
    "Chapter",
    "Entry",
    "Form",
    "Item",
    "Letter",
    "Line",
    "Minutes",
    "Picture",
    "Report",
    "Table",
    "bill",
    "form",
    "letter",
    "minutes",
    "pictures",
    "report",
]

Paper = Form | Letter | Minutes | Bill | Report


def form(paper: Form, about: About) -> bytes:
    """A form, empty or answered, as PDF."""
    return pdf(*_parts(paper, about), about)


def letter(paper: Letter, about: About) -> bytes:
    """A letter as PDF."""
    return pdf(*_parts(paper, about), about)


def minutes(paper: Minutes, about: About) -> bytes:
    """Minutes as PDF."""
    return pdf(*_parts(paper, about), about)


def bill(paper: Bill, about: About) -> bytes:
    """A bill as PDF."""
    return pdf(*_parts(paper, about), about)


def report(paper: Report, about: About) -> bytes:
    """A report as PDF."""
    return pdf(*_parts(paper, about), about)


def pictures(paper: Paper, about: About, *, ppi: float = 72) -> list[bytes]:
    """The pages of any paper as PNG, for a preview."""
    return drawn(*_parts(paper, about), about, ppi=ppi)


def _parts(paper: Paper, about: About) -> tuple[str, str, Mapping[str, Any]]:
    """Template, title and data."""
    if isinstance(paper, Form):
        return "form", paper.title, asking.data(paper, about)
    if isinstance(paper, Letter):
        return "letter", paper.subject, writing.letter_data(paper, about)
    if isinstance(paper, Minutes):
        return "minutes", paper.title, writing.minutes_data(paper, about)
    if isinstance(paper, Report):
        return "report", paper.title, reporting.report_data(paper, about)
    return "bill", paper.title, billing.data(paper, about)
