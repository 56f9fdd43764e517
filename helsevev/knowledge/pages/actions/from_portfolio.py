"""Takes in what the portfolio's file says for the knowledge bank: each row a draft, or the page that tells of it here.

A row is known by its part and title. One that changes changes its draft, until somebody has written on it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from wagtail.signal_handlers import disable_reference_index_auto_update

from helsevev.commons.audit import actions as audit
from helsevev.commons.initiatives import queries as initiatives
from helsevev.core.faults import Fault
from helsevev.core.parts import Report
from helsevev.knowledge.pages.actions import planting
from helsevev.knowledge.pages.models import MODELS, Bank, KnowledgePage, LoadedFile, Shown
from helsevev.knowledge.pages.queries.figures import source_name
from helsevev.knowledge.pages.rules import told
from helsevev.knowledge.pages.rules.drafting import Draft
from helsevev.knowledge.pages.rules.told import Row


class TakenPart:
    """One part of the file."""

    def __init__(self, name: str) -> None:
        """Which part."""
        self.name = name

    def check(self, value: object, place: str) -> list[Fault]:
        """Every fault with its place."""
        return told.faults(self.name, value, place)

    def load(self, value: object, actor: str) -> Report:
        """Make and change drafts; the second time nothing."""
        report = Report()
        rows = {row.name: row for row in told.rows(self.name, value)}
        known = {one.name: one for one in LoadedFile.objects.filter(name__in=rows)}
        new = _not_standing([row for name, row in rows.items() if name not in known])
        _make(new)
        report.made = {row.name: list(row.stated) for row in new}
        for name, standing in known.items():
            if standing.digest != _digest(rows[name]):
                _change(rows[name], standing, report)
        report.left = len(rows) - len(report.made) - len(report.changed)
        if report.made or report.changed:
            counted = {"made": len(report.made), "changed": len(report.changed)}
            audit.record(actor, "loaded", "pages", self.name, counted)
        return report


RESOURCES, GUIDE, EXPERIENCES, GUIDES, PODCAST = (TakenPart(name) for name in told.PARTS)


def _digest(row: Row) -> str:
    return hashlib.sha256(json.dumps(row.stated, sort_keys=True).encode()).hexdigest()


def _not_standing(rows: Sequence[Row]) -> list[Row]:
    """Those that no page tells of; the others are noted with the page that does."""
    slugs = [row.standing for row in rows if row.standing]
    pages: Mapping[str, int] = dict(Shown.objects.filter(language="nb", slug__in=slugs).values_list("slug", "page_id"))
    LoadedFile.objects.bulk_create(
        LoadedFile(name=row.name, digest=_digest(row), page_id=pages[row.standing])
        for row in rows
        if row.standing in pages
    )
    return [row for row in rows if row.standing not in pages]


def _make(rows: Sequence[Row]) -> None:
    if not rows:
        return
    planting.plant_roots()
    taken = set(Bank.objects.get(locale__language_code="nb").get_children().values_list("slug", flat=True))
    drafts = [_settled(row, taken) for row in rows]
    with disable_reference_index_auto_update():
        pages = planting.grow(drafts, live=False)
    LoadedFile.objects.bulk_create(
        LoadedFile(name=row.name, digest=_digest(row), page_id=page.pk, revision=page.latest_revision_id)
        for row, page in zip(rows, pages, strict=True)
    )


def _settled(row: Row, taken: set[str]) -> Draft:
    """The draft with an address of its own, its source's title, and its project where that is here."""
    slug, number = row.draft.slug, 2
    while slug in taken:
        slug, number = f"{row.draft.slug}-{number}", number + 1
    taken.add(slug)
    project = row.draft.initiative if initiatives.initiative(row.draft.initiative) else ""
    named = [name.strip() for name in str(row.stated.get("source") or "").split(";") if name.strip()]
    sources = tuple({"title": source_name(name, "nb")} for name in named)
    return replace(row.draft, slug=slug, initiative=project, sources=sources)


def _change(row: Row, standing: LoadedFile, report: Report) -> None:
    """The draft as the row says now; left alone where somebody has written on it, published or deleted it."""
    standing.digest = _digest(row)
    page: KnowledgePage | None = MODELS[row.draft.kind].objects.filter(pk=standing.page_id or 0, live=False).first()
    if page is None or standing.revision is None or page.latest_revision_id != standing.revision:
        report.kept[row.name] = list(row.stated)
    else:
        planting.fill(page, replace(_settled(row, set()), slug=page.slug), None)
        standing.revision = page.save_revision(log_action=False, clean=False).pk
        page.save(clean=False)
        report.changed[row.name] = list(row.stated)
    standing.save(update_fields=["digest", "revision"])
