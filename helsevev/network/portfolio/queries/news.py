"""What is new in the portfolio (nytt): projects that came or changed, as a feed for readers and programs."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _

from helsevev.network.portfolio.queries.listing import Selection
from helsevev.network.portfolio.queries.wording import Text, in_language, lead

MOST = 50
# Signs that XML can't hold.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
COLUMNS = (
    "initiative__key", "initiative__title", "initiative__title_nn", "initiative__title_en", "initiative__changed_at",
    "initiative__created_at", "summary_nb", "summary_nn", "summary_en", "version",
)  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One piece of news (nyhet): a project came, or changed."""

    key: str
    title: Text
    lead: Text
    is_new: bool
    changed_at: datetime
    version: int

    @property
    def headline(self) -> str:
        """What happened, and to which project."""
        words = {"title": self.title.text}
        return _("New project: %(title)s") % words if self.is_new else _("Changed: %(title)s") % words


@dataclass(frozen=True)
class Feed:
    """News of one selection (strøm): what it is called, where its projects lie, and where it lies itself."""

    title: str
    language: str
    address: str
    own_address: str
    items: Sequence[Item]

    def identity(self, item: Item) -> str:
        """A name that no other item has, the same in every selection; a further change makes a new item."""
        return f"tag:{urlsplit(self.address).hostname},2026:project/{item.key}/{item.version}"


def latest(selection: Selection, most: int) -> list[Item]:
    """The published projects of a selection that changed last: one statement."""
    # In the order of the index on the day of change, so that the last ones are found without sorting all.
    rows = selection.unordered.filter(published=True).order_by("-initiative__changed_at", "-initiative__id")
    return [_item(row, selection.naming.language) for row in rows.values(*COLUMNS)[:most]]


def _item(row: dict[str, Any], language: str) -> Item:
    titles = {"nb": row["initiative__title"], "nn": row["initiative__title_nn"], "en": row["initiative__title_en"]}
    summary = in_language(language, {code: row[f"summary_{code}"] for code in ("nb", "nn", "en")})
    return Item(
        key=row["initiative__key"],
        title=in_language(language, titles),
        lead=Text(lead(summary.text), summary.lang),
        is_new=row["version"] <= 1,
        changed_at=row["initiative__changed_at"],
        version=row["version"],
    )


def feed(chosen: Sequence[Selection], address: str, own_address: str) -> Feed:
    """The news of one or more selections together."""
    items = [item for selection in chosen for item in latest(selection, MOST)]
    items.sort(key=lambda item: item.changed_at, reverse=True)
    choices = ", ".join(choice.label for choice in chosen[0].chosen)
    title = _("Helsevev: news of projects")
    named = f"{title} ({choices})" if choices else title
    return Feed(named, chosen[0].naming.language, address, own_address, items[:MOST])


def rss(found: Feed) -> str:
    """The feed as RSS 2.0."""
    written = Rss201rev2Feed(
        title=_clean(found.title),
        link=found.address,
        description=_("New and changed projects in the portfolio."),
        language=found.language,
        feed_url=found.own_address,
    )
    for item in found.items:
        written.add_item(
            title=_clean(item.headline),
            link=f"{found.address}{item.key}/",
            description=_clean(item.lead.text),
            unique_id=found.identity(item),
            unique_id_is_permalink=False,
            pubdate=item.changed_at,
        )
    return written.writeString("utf-8")


def json_feed(found: Feed) -> dict[str, Any]:
    """The feed as JSON Feed 1.1."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": found.title,
        "home_page_url": found.address,
        "feed_url": found.own_address,
        "language": found.language,
        "items": [
            {
                "id": found.identity(item),
                "url": f"{found.address}{item.key}/",
                "title": item.headline,
                "content_text": item.lead.text,
                "date_modified": item.changed_at.isoformat(),
                "language": item.title.lang or found.language,
            }
            for item in found.items
        ],
    }


def digest(content: bytes) -> str:
    """A short name of exactly this content."""
    return hashlib.sha256(content).hexdigest()[:32]


def _clean(text: str) -> str:
    return CONTROL.sub("", text)
