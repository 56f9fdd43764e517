"""Links of published pages: those within the site that lead nowhere, and those of other sites that don't answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import Resolver404, resolve

from helsevev.core.outward import Answer
from helsevev.knowledge.pages.models import MODELS, FormerAddress, KnowledgePage, Shown, Visit
from helsevev.knowledge.pages.rules import texts
from helsevev.knowledge.pages.rules.kinds import Sort

LONGEST = 1_000
# An address is asked again after a week; one that failed after a day, since a failure may pass.
AGAIN, SOONER = timedelta(days=7), timedelta(days=1)


@dataclass(frozen=True)
class BrokenLink:
    """A link on a live page that leads nowhere; of another site: what became of asking, and when."""

    page: KnowledgePage
    address: str
    visit: Visit | None = None


def _pages() -> Iterator[KnowledgePage]:
    for model in MODELS.values():
        yield from model.objects.filter(live=True).select_related("locale")


def _links(page: KnowledgePage) -> list[str]:
    """Every address on a page: in its text, its facts and its sources."""
    facts = (getattr(page, field.name) for field in page.kind.fields if field.sort is Sort.ADDRESS)
    sources = (source.get("url", "") for source in page.sources)
    return list(dict.fromkeys(filter(None, (*texts.links(page.body.raw_data), *facts, *sources))))


def outward() -> Mapping[str, list[KnowledgePage]]:
    """Addresses of other sites, each with the pages that link to it."""
    found: dict[str, list[KnowledgePage]] = {}
    for page in _pages():
        for address in _links(page):
            if address.startswith(("http://", "https://")) and len(address) <= LONGEST:
                found.setdefault(address, []).append(page)
    return found


def due(addresses: Mapping[str, object], now: datetime, most: int) -> list[str]:
    """Those that haven't been asked lately, the longest ago first."""
    lately = {
        visit.address: visit.asked_at
        for visit in Visit.objects.all()
        if visit.asked_at > now - (SOONER if visit.failing_since else AGAIN)
    }
    asked = dict(Visit.objects.values_list("address", "asked_at"))
    waiting = [address for address in addresses if address not in lately]
    return sorted(waiting, key=lambda one: (one in asked, asked.get(one, now), one))[:most]


def dead() -> list[BrokenLink]:
    """Links of other sites that didn't answer when they were last asked, the longest failing first."""
    pages = outward()
    failing = Visit.objects.exclude(answer=Answer.LEADS).order_by("failing_since", "address")
    return [BrokenLink(page, one.address, one) for one in failing for page in pages.get(one.address, ())]


def broken() -> Iterator[BrokenLink]:
    """Links within the site that no page answers to."""
    slugs = set(Shown.objects.values_list("slug", flat=True)) | set(
        FormerAddress.objects.values_list("slug", flat=True)
    )
    for page in _pages():
        for address in _links(page):
            if address.startswith("/") and _leads_nowhere(address, slugs):
                yield BrokenLink(page, address)


def _leads_nowhere(address: str, slugs: set[str]) -> bool:
    path = texts.in_language(f'href="{address.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0]}"', "nb")[6:-1]
    try:
        found = resolve(path)
    except Resolver404:
        return True
    return found.view_name == "pages:page" and found.kwargs["slug"] not in slugs
