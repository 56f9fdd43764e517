"""The seal on a comment's form (segl), and how often one caller may send: what keeps programs out without following
people.

The seal says when the page was drawn and which comment it becomes, so that a double press makes one. Who calls is
counted in the process's memory under a digest that is another each day; nothing of it is written down.
"""

import time
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.core.cache import caches
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from helsevev.core.rates import Rate, caller
from helsevev.knowledge.comments import rules
from helsevev.knowledge.comments.rules import Why

SALT = "comments.write"


@dataclass(frozen=True)
class Seal:
    """A form's seal: which comment it becomes, what it stands under, and when it was drawn."""

    key: UUID
    on: str
    subject: str
    drawn_at: float

    def sign(self) -> str:
        """As it stands in the form."""
        return signing.dumps([str(self.key), self.on, self.subject, self.drawn_at], salt=SALT)

    @property
    def fault(self) -> Why | None:
        """Why it can't be used now."""
        age = time.time() - self.drawn_at
        if age < rules.FASTEST.total_seconds():
            return Why.TOO_FAST
        return Why.TOO_SLOW if age > rules.SLOWEST.total_seconds() else None


def fresh(on: str, subject: str) -> Seal:
    """For a form that is drawn now."""
    return Seal(uuid4(), on, subject, time.time())


def opened(text: str, on: str, subject: str) -> Seal | None:
    """The seal that a form brought; None when it isn't ours, or another page's."""
    try:
        key, on_, subject_, drawn_at = signing.loads(text, salt=SALT)
        found = Seal(UUID(key), on_, subject_, float(drawn_at))
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return found if (found.on, found.subject) == (on, subject) else None


def own_token(key: UUID) -> str:
    """The author's link: the same when the same form is sent twice, and nobody can make it from the key."""
    return salted_hmac("comments.own", str(key), algorithm="sha256").hexdigest()[:40]


def too_many(request: HttpRequest) -> bool:
    """Count one more from this caller; says whether it is one too many."""
    who = caller(
        request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", ""), settings.TRUSTED_PROXIES
    )
    today, now = timezone.localdate(), time.time()
    digest = rules.caller_key(settings.SECRET_KEY, today, who)
    over = [_counted(rate, digest, now) > rate.most for rate in rules.RATES]
    return any(over)


def _counted(rate: Rate, digest: str, now: float) -> int:
    counts, key = caches["rates"], f"{rate.name}:{rate.window(now)}:{digest}"
    if counts.add(key, 1, rate.seconds):
        return 1
    try:
        return int(counts.incr(key))
    except ValueError:
        return 1
