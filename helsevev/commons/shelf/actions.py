"""Every change of what lies on the shelf."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit import actions as audit
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.shelf import rules
from helsevev.commons.shelf.models import Item, Taking
from helsevev.core.words import Refused


@transaction.atomic
def put(type: str, key: str, initiative: Initiative, title: str, body: Mapping[str, rules.JSON], by: str) -> Item:  # noqa: A002 - the shelf's own word
    """Lay something on the shelf, and answer with what lies there: a new version only where the content is new."""
    known = rules.item_type(type)
    if known is None:
        raise ValueError(f"no room has registered the type {type!r}")
    if faults := rules.refuse_put(known, key, title, body):
        raise Refused(*faults)
    digest = rules.digest(title, body)
    standing = Item.objects.select_for_update().filter(type=type, key=key).order_by("-version").first()
    if standing and standing.withdrawn_at is None:
        if standing.digest == digest:
            return standing
        _withdraw(standing, by)
    item = Item.objects.create(
        type=type,
        key=key,
        version=standing.version + 1 if standing else 1,
        initiative=initiative,
        title=title,
        body=dict(body),
        digest=digest,
        put_by=by,
    )
    audit.record(by, "put", "shelf item", f"{type}/{key}", {"version": item.version, "digest": digest})
    return item


@transaction.atomic
def withdraw(type: str, key: str, by: str) -> None:  # noqa: A002 - the shelf's own word
    """Take the current version off the shelf; it stays as history. Nothing there is fine."""
    standing = Item.objects.select_for_update().filter(type=type, key=key, withdrawn_at=None).first()
    if standing:
        _withdraw(standing, by)
        audit.record(by, "withdrew", "shelf item", f"{type}/{key}", {"version": standing.version})


def _withdraw(item: Item, by: str) -> None:
    """Mark one version as history."""
    item.withdrawn_at, item.withdrawn_by = timezone.now(), by
    item.save(update_fields=["withdrawn_at", "withdrawn_by"])


@transaction.atomic
def take(item: Item, room: str, url: str) -> Taking:
    """Note that a room has taken an item, and where it shows it."""
    if refusal := rules.refuse_take(withdrawn=item.withdrawn_at is not None, url=url):
        raise Refused(refusal)
    taking, _made = Taking.objects.get_or_create(item=item, room=room, url=url)
    return taking
