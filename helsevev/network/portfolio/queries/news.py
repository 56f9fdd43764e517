"""What is new in the portfolio (nytt): projects that came or changed, as a feed for readers and programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from helsevev.network.portfolio.queries.listing import Selection
from helsevev.network.portfolio.queries.wording import Text, in_language, lead

MOST = 50
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


def of(chosen: Sequence[Selection]) -> list[Item]:
    """The news of one or more selections together, the newest first."""
    items = [item for selection in chosen for item in latest(selection, MOST)]
    items.sort(key=lambda item: item.changed_at, reverse=True)
    return items[:MOST]
