"""Every question asked of the shelf: what lies there, what lay there before, and who took it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from helsevev.commons.people import queries as people
from helsevev.commons.shelf import rules
from helsevev.commons.shelf.models import Item, Taking

PER_PAGE = 50
AT_A_TIME = 500


@dataclass(frozen=True)
class Shown:
    """An item's page (vare): one version, all versions with who put them there, and who has taken any of them."""

    item: Item
    known: rules.ItemType | None
    versions: list[Item]
    takings: list[Taking]
    names: dict[str, str] = field(default_factory=dict)

    @property
    def entries(self) -> list[rules.Entry]:
        """The body, readable; of a type whose room isn't installed as it was put there."""
        return rules.entries(self.known, self.item.body)

    def name(self, actor: str) -> str:
        """What to call whoever put it there or withdrew it."""
        return self.names.get(actor, actor)


def current(type: str = "", initiative: str = "") -> QuerySet[Item]:  # noqa: A002 - the shelf's own word
    """What lies on the shelf now, newest first: of one type, of one initiative (by key), or all."""
    found = Item.objects.filter(withdrawn_at=None).select_related("initiative")
    if type:
        found = found.filter(type=type)
    return found.filter(initiative__key=initiative) if initiative else found


def page(*, type: str, initiative: str, withdrawn: bool, number: str) -> Page[Any]:  # noqa: A002
    """A page of the shelf; `initiative` is a key or part of a title. `withdrawn`: what no longer lies there."""
    found = _withdrawn() if withdrawn else current()
    if type:
        found = found.filter(type=type)
    if initiative:
        found = found.filter(Q(initiative__key=initiative) | Q(initiative__title__icontains=initiative))
    found = found.annotate(times_taken=Count("takings")).order_by("-put_at", "-id")
    return Paginator(found, PER_PAGE).get_page(number)


def _withdrawn() -> QuerySet[Item]:
    """The last version of everything that lies there no longer."""
    later = Item.objects.filter(type=OuterRef("type"), key=OuterRef("key"), version__gt=OuterRef("version"))
    return Item.objects.exclude(withdrawn_at=None).filter(~Exists(later)).select_related("initiative")


def shown(type: str, key: str, version: int | None = None) -> Shown | None:  # noqa: A002
    """What the page of an item shows: the version asked for, else the last."""
    versions = list(Item.objects.filter(type=type, key=key).select_related("initiative").order_by("-version"))
    item = next((one for one in versions if version in (None, one.version)), None)
    if item is None:
        return None
    takings = list(Taking.objects.filter(item__in=versions).select_related("item").order_by("-taken_at", "-pk"))
    actors = {one.put_by for one in versions} | {one.withdrawn_by for one in versions} - {""}
    return Shown(item, rules.item_type(type), versions, takings, people.actor_names(actors))


def number() -> int:
    """How many items lie there, their former versions included."""
    return Item.objects.count()


def faults() -> Iterator[str]:
    """A sentence for each thing on the shelf that isn't as it was put there, or shouldn't have been."""
    before: Item | None = None
    for item in Item.objects.order_by("type", "key", "version").iterator(AT_A_TIME):
        same = before is not None and (before.type, before.key) == (item.type, item.key)
        yield from (f"{item}: {fault}" for fault in _faults(item, before if same else None))
        before = item


def _faults(item: Item, before: Item | None) -> Iterator[str]:
    if rules.digest(item.title, item.body) != item.digest:
        yield "the content isn't what was put there."
    if item.version != (before.version + 1 if before else 1):
        yield "a version before it is missing."
    if before and before.withdrawn_at is None:
        yield "lies beside an older version that was never withdrawn."
    known = rules.item_type(item.type)
    if known and item.withdrawn_at is None:
        yield from map(str, rules.refuse_put(known, item.key, item.title, item.body))
