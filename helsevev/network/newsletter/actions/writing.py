"""A letter begun, written and put in order; what is typed is kept as it is typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.core.newsletter.content import Kind, moved
from helsevev.core.words import Refusal, Refused
from helsevev.network.newsletter.models import Item, Letter
from helsevev.network.newsletter.queries import letters
from helsevev.network.newsletter.queries.candidates import by_source
from helsevev.network.newsletter.rules.states import State, Why, key_of

FIRST_LOOKS_BACK = timedelta(days=31)


@dataclass(frozen=True)
class Typed:
    """What stands on the letter's page (skrevet): its own fields, and those of each block by its number."""

    letter: Mapping[str, object]
    items: Mapping[int, Mapping[str, object]] = field(default_factory=dict)


@transaction.atomic
def begin(by: str, now: datetime | None = None) -> Letter:
    """A new draft, of what was published since the last letter."""
    moment = now or timezone.now()
    last = letters.last_sent()
    since = last.began_at if last and last.began_at else moment - FIRST_LOOKS_BACK
    key = key_of(timezone.localtime(moment), frozenset(Letter.objects.values_list("key", flat=True)))
    made = Letter.objects.create(key=key, since=since, made_at=moment, made_by=by, changed_by=by)
    record(by, "began", "newsletter", made.key)
    return made


def _draft(letter: Letter) -> Letter:
    """The letter as it stands, held; refused where it is no draft."""
    found = Letter.objects.select_for_update().get(pk=letter.pk)
    if found.state != State.DRAFT:
        raise Refused(Refusal(Why.NOT_DRAFT))
    return found


def _touch(letter: Letter, by: str) -> Letter:
    letter.version += 1
    letter.changed_at, letter.changed_by = timezone.now(), by
    letter.save()
    return letter


@transaction.atomic
def save(letter: Letter, typed: Typed, by: str, *, seen: int | None) -> Letter:
    """Keep what is typed. `seen`: the version that the writer had before them; None keeps theirs whatever stands."""
    found = _draft(letter)
    if seen is not None and seen != found.version and found.changed_by != by:
        raise Refused(Refusal(Why.CHANGED))
    changed = _set(found, typed.letter)
    rows = list(found.items.all())
    for row in rows:
        if _set(row, typed.items.get(row.pk, {})):
            row.save()
            changed = True
    changed |= _in_order([row.pk for row in sorted(rows, key=lambda one: (one.position, one.pk))])
    return _touch(found, by) if changed else found


def _set(row: Letter | Item, fields: Mapping[str, object]) -> bool:
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)


def _in_order(keys: Sequence[int]) -> bool:
    """Number the blocks anew; whether anything moved."""
    found = [Item.objects.filter(pk=key).exclude(position=at).update(position=at) for at, key in enumerate(keys, 1)]
    return any(found)


@transaction.atomic
def move(letter: Letter, item: int, step: int, by: str) -> Letter:
    """A block one place up (-1) or down (1)."""
    found = _draft(letter)
    keys = list(found.items.values_list("pk", flat=True))
    if item in keys and _in_order(moved(keys, keys.index(item), step)):
        return _touch(found, by)
    return found


@transaction.atomic
def drop(letter: Letter, item: int, by: str) -> Letter:
    """Take a block out."""
    found = _draft(letter)
    found.items.filter(pk=item).delete()
    _in_order(list(found.items.values_list("pk", flat=True)))
    return _touch(found, by)


@transaction.atomic
def add_own(letter: Letter, by: str) -> Letter:
    """An empty block for our own words, last."""
    found = _draft(letter)
    Item.objects.create(letter=found, position=_last(found) + 1, kind=Kind.OWN)
    return _touch(found, by)


@transaction.atomic
def choose(letter: Letter, sources: Iterable[str], by: str) -> Letter:
    """Take in what was published, each thing once; its words are copied, and can be changed."""
    found = _draft(letter)
    there = set(found.items.values_list("source", flat=True))
    chosen = [one for one in by_source(found.since, sources) if one.source not in there]
    for at, one in enumerate(chosen, start=_last(found) + 1):
        Item.objects.create(
            letter=found,
            position=at,
            kind=one.kind,
            source=one.source[:160],
            title_nb=one.titles["nb"][:300],
            title_nn=one.titles["nn"][:300],
            text_nb=one.texts["nb"],
            text_nn=one.texts["nn"],
            address=one.address,
        )
    return _touch(found, by) if chosen else found


def _last(letter: Letter) -> int:
    return letter.items.aggregate(last=Max("position"))["last"] or 0


@transaction.atomic
def throw_away(letter: Letter, by: str) -> None:
    """Delete a draft."""
    found = _draft(letter)
    record(by, "threw away", "newsletter", found.key)
    found.delete()
