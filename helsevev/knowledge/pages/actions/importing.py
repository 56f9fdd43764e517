"""Pages of another site become drafts (import); nothing of it is published, and nothing is made twice."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page as TreePage
from wagtail.signal_handlers import disable_reference_index_auto_update

from helsevev.commons.audit import actions as audit
from helsevev.core import slugs
from helsevev.knowledge.pages.actions.planting import grow
from helsevev.knowledge.pages.models import LoadedFile
from helsevev.knowledge.pages.rules.drafting import Draft
from helsevev.knowledge.pages.rules.importing import Page, understand

TITLE_LIMIT = 120
AT_A_TIME = 200


@dataclass(frozen=True)
class Became:
    """What became of one page: a draft's slug, or why there is none; and what was left out of it."""

    title: str
    slug: str
    why: str
    left_out: dict[str, int]


def bring(pages: Sequence[Page], kind: str) -> Iterator[Became]:
    """Make drafts, some hundred at a time, each lot whole or not at all; says what became of each page."""
    for start in range(0, len(pages), AT_A_TIME):
        with transaction.atomic(), disable_reference_index_auto_update():
            yield from _lot(pages[start : start + AT_A_TIME], kind)


def _lot(pages: Sequence[Page], kind: str) -> list[Became]:
    names = {_name(page): page for page in pages}
    known = set(LoadedFile.objects.filter(name__in=names).values_list("name", flat=True))
    taken = set(TreePage.objects.filter(depth=3).values_list("slug", flat=True))
    drafts: dict[str, Draft] = {}
    told = []
    for name, page in names.items():
        if name in known:
            told.append(Became(page.title, "", "is here already", {}))
            continue
        if not page.title:
            told.append(Became("–", "", "has no title", {}))
            continue
        made = understand(page)
        slug = _slug(page, taken)
        drafts[name] = Draft(kind, slug, page.language, page.title[:TITLE_LIMIT], made.lead or page.title, made.blocks)
        told.append(Became(page.title, slug, "", dict(made.left_out)))
    grown = grow(list(drafts.values()), live=False)
    LoadedFile.objects.bulk_create(
        LoadedFile(name=name, digest="", page_id=page.pk, revision=page.latest_revision_id)
        for name, page in zip(drafts, grown, strict=True)
    )
    _keep_addresses([(names[name].address, draft.slug) for name, draft in drafts.items()])
    if grown:
        audit.record("system:load", "imported", "pages", kind, {"pages": len(grown)})
    return told


def _name(page: Page) -> str:
    """What a page is known by when it comes again."""
    source = page.address or f"{page.language}/{page.slug}/{page.title}"
    return f"import/{hashlib.sha256(source.encode()).hexdigest()}"


def _slug(page: Page, taken: set[str]) -> str:
    slug = slugs.free(slugs.slug(page.slug or page.title)[:80].strip("-") or "side", taken)
    taken.add(slug)
    return slug


def _keep_addresses(pairs: Sequence[tuple[str, str]]) -> None:
    """The old site's addresses lead to the new pages, once those are published."""
    for address, slug in pairs:
        path = Redirect.normalise_path(urlsplit(address).path)
        if path not in ("", "/") and not re.match(r"/(nb|nn|en)(/|$)", path):
            Redirect.objects.get_or_create(
                old_path=path[:255], site=None, defaults={"redirect_link": f"/knowledge/{slug}/", "is_permanent": True}
            )
