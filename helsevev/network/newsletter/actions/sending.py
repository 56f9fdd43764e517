"""A letter sent: planned, begun in one transaction that writes every copy, and left to the mail room."""

from collections.abc import Iterator
from datetime import datetime
from itertools import count

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.commons.mail.actions import Copy, queue_copies
from helsevev.commons.mail.models import Batch
from helsevev.commons.people.models import User
from helsevev.core.newsletter import clicks, content
from helsevev.core.words import Refusal, Refused
from helsevev.network.newsletter.actions.composing import Composed, compose
from helsevev.network.newsletter.models import Letter, Subscriber
from helsevev.network.newsletter.queries import letters, subscribers
from helsevev.network.newsletter.queries.numbers import BATCH, prefix
from helsevev.network.newsletter.rules.states import State, Why, refuse_time, slot

TEST = "newsletter_test"
Shape = tuple[str, tuple[str, ...]]


@transaction.atomic
def plan(letter: Letter, at: datetime, by: str) -> Letter:
    """Send it at a time; now, when that is the time."""
    found = Letter.objects.select_for_update().get(pk=letter.pk)
    refusals = content.refuse_send(found.subjects, letters.blocks(found))
    if found.state != State.DRAFT:
        refusals = [Refusal(Why.NOT_DRAFT)]
    elif refusal := refuse_time(at, timezone.now()):
        refusals.append(refusal)
    elif not subscribers.active().exists():
        refusals.append(Refusal(Why.NOBODY))
    if refusals:
        raise Refused(*refusals)
    found.state, found.send_at = State.PLANNED, at
    found.save(update_fields=["state", "send_at"])
    record(by, "planned", "newsletter", found.key, {"at": at.isoformat(timespec="minutes")})
    return found


@transaction.atomic
def recall(letter: Letter, by: str) -> Letter:
    """Make a planned letter a draft again, as long as nothing of it has gone."""
    found = Letter.objects.select_for_update().get(pk=letter.pk)
    if found.state != State.PLANNED:
        raise Refused(Refusal(Why.NOT_PLANNED))
    found.state, found.send_at = State.DRAFT, None
    found.save(update_fields=["state", "send_at"])
    record(by, "called back", "newsletter", found.key)
    return found


def send_due() -> int:
    """Begin the letters whose time has come (a duty of the worker); how many."""
    due = Letter.objects.filter(state=State.PLANNED, send_at__lte=timezone.now())
    return sum(begin(one) for one in due)


@transaction.atomic
def begin(letter: Letter) -> bool:
    """Write every copy, all of them or none; whether it was we who did it."""
    found = Letter.objects.select_for_update().get(pk=letter.pk)
    if found.state != State.PLANNED:
        return False
    found.state, found.began_at = State.SENDING, timezone.now()
    found.links = content.links(letters.blocks(found))
    found.click_key = clicks.new_key() if found.counts_clicks and found.links else ""
    found.save()
    numbers = count()
    copies = sum(_written(found, shape, numbers) for shape in _shapes())
    record("system:newsletter", "sent", "newsletter", found.key, {"copies": copies})
    return True


def _shapes() -> list[Shape]:
    """Every language and choice of kinds that somebody has."""
    rows = subscribers.active().order_by().values_list("language", "kinds").distinct()
    return sorted({(language, tuple(kinds)) for language, kinds in rows})


def _written(letter: Letter, shape: Shape, numbers: Iterator[int]) -> int:
    """The copies of one shape."""
    language, kinds = shape
    composed = compose(letter, language, kinds, counted=bool(letter.click_key))
    if composed is None:
        return 0
    batch = _batch(f"{prefix(letter)}{language}:{'+'.join(kinds)}", composed)
    return queue_copies(batch, BATCH, language, composed.subject, _copies(letter, shape, numbers))


def _batch(key: str, composed: Composed) -> Batch:
    return Batch.objects.create(key=key, text=composed.text, html=composed.html, headers=dict(composed.headers))


def _copies(letter: Letter, shape: Shape, numbers: Iterator[int]) -> Iterator[Copy]:
    """One for each who chose this shape. All shapes share the minutes, so that the mail server isn't overrun."""
    assert letter.began_at is not None  # it is being begun
    for one, number in zip(subscribers.of_shape(*shape), numbers, strict=False):
        fill = {"own": one.token(letter.pk)}
        if letter.click_key:
            fill["click"] = clicks.new_word(letter.click_key)
        at = slot(letter.began_at, number, settings.NEWSLETTER_PER_MINUTE)
        yield Copy(f"{BATCH}:{letter.key}:{one.key.hex}", one.email, fill, at)


@transaction.atomic
def send_test(letter: Letter, user: User) -> None:
    """A copy to oneself, of all that is in it, in both languages; its links aren't counted."""
    now = timezone.now()
    for language in content.LANGUAGES:
        composed = compose(letter, language, content.CHOSEN, counted=False)
        if composed is None:
            raise Refused(Refusal(content.Why.EMPTY))
        key = f"{TEST}:{letter.key}:{language}:{now:%Y%m%d%H%M%S%f}"
        copy = Copy(key, user.email, {"own": Subscriber().token(0)}, now)
        queue_copies(_batch(key, composed), TEST, language, f"[TEST] {composed.subject}", [copy])
