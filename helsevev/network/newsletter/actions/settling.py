"""What became of a letter: what mail servers refused, when it is all sent, and the clicks counted for good."""

import re

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.commons.mail import queries as mail
from helsevev.commons.mail.models import Message
from helsevev.core.newsletter.bounces import Standing as Returns
from helsevev.network.newsletter.models import Bounce, Letter, Subscriber
from helsevev.network.newsletter.queries import letters, numbers
from helsevev.network.newsletter.rules.states import Standing, State

# What the mail room notes when the server refuses an address, with the server's code.
REFUSED = re.compile(r"^SMTPRecipientsRefused: .*?\((\d{3}),")


def settle() -> int:
    """Look at the letters that are being sent (a duty of the worker); how many are all sent."""
    done = 0
    for letter in Letter.objects.filter(state=State.SENDING):
        note_refusals(letter)
        if not numbers.live(letter).waiting:
            done += Letter.objects.filter(pk=letter.pk, state=State.SENDING).update(
                state=State.SENT, sent_at=timezone.now()
            )
    return done


def note_refusals(letter: Letter) -> None:
    """Note each address that was refused; another fault than the address's own isn't held against it."""
    rows = mail.of_batches(numbers.prefix(letter)).filter(state=Message.State.FAILED).exclude(to="")
    known = set(letter.bounces.values_list("subscriber__email", flat=True))
    for to, error in rows.values_list("to", "error"):
        code = REFUSED.match(error)
        row = Subscriber.objects.filter(email=to).first() if code and to not in known else None
        if row and code:
            note(letter, row, code[1], is_hard=code[1].startswith("5"))


@transaction.atomic
def note(letter: Letter, row: Subscriber, code: str, *, is_hard: bool, came_back: bool = False) -> bool:
    """A letter that didn't arrive, once; the address rests when the rule says so. Whether it was news."""
    _bounce, is_new = Bounce.objects.get_or_create(
        letter=letter,
        subscriber=row,
        defaults={"is_hard": is_hard, "code": code[:20], "came_back": came_back},
    )
    if not is_new:
        return False
    returns = Returns(row.hard, row.soft).after(is_hard=is_hard)
    row.hard, row.soft = returns.hard, returns.soft
    if returns.rests and row.standing == Standing.ACTIVE:
        row.standing, row.rested_at = Standing.RESTING, timezone.now()
    row.save(update_fields=["hard", "soft", "standing", "rested_at"])
    return True


@transaction.atomic
def close_clicks(letter: Letter) -> None:
    """Keep the numbers, destroy the key and every mark; whoever got this letter begins anew in the count of returns."""
    found = Letter.objects.select_for_update().get(pk=letter.pk)
    found.numbers = numbers.live(found).as_json()
    found.click_key = ""
    found.save(update_fields=["numbers", "click_key"])
    found.clicks.all().delete()
    arrived = Subscriber.objects.filter(confirmed_at__lte=found.began_at).exclude(bounces__letter=found)
    arrived.exclude(hard=0, soft=0).update(hard=0, soft=0)
    record("system:newsletter", "counted", "newsletter", found.key, {"delivered": found.numbers["delivered"]})


def close_due() -> int:
    """Close every letter that is old enough; how many."""
    due = list(letters.with_open_clicks())
    for letter in due:
        close_clicks(letter)
    return len(due)
