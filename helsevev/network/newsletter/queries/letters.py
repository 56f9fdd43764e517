"""Which letters there are, and what they hold."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from helsevev.core.newsletter.clicks import KEPT
from helsevev.core.newsletter.content import LANGUAGES, Block
from helsevev.network.newsletter.models import Letter
from helsevev.network.newsletter.rules.states import State

OUT = (State.SENDING, State.SENT)


def tongue() -> str:
    """The language of letters that suits the reader of a page."""
    language = get_language() or LANGUAGES[0]
    return language if language in LANGUAGES else LANGUAGES[0]


def one(key: str) -> Letter | None:
    """A letter by its name in addresses."""
    return Letter.objects.filter(key=key).first()


def public() -> QuerySet[Letter]:
    """What everybody may read: letters that are sent, the newest first."""
    return Letter.objects.filter(state__in=OUT).order_by("-began_at", "-pk")


def blocks(letter: Letter) -> list[Block]:
    """What it holds, in order."""
    return [item.block for item in letter.items.all()]


def last_sent() -> Letter | None:
    """The newest that went out."""
    return public().first()


def whole_address(address: str, language: str) -> str:
    """Where a block's title leads, for a reader outside the site."""
    return f"{settings.SITE_URL}/{language}{address}" if address.startswith("/") else address


def with_open_clicks() -> Iterable[Letter]:
    """Letters whose clicks have been marked for as long as they may be."""
    return Letter.objects.exclude(click_key="").filter(began_at__lte=timezone.now() - KEPT)
