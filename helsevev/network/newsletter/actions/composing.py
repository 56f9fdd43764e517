"""A letter as mail programs show it: text and HTML, for one language and one choice of kinds.

Where each reader's own words go stand places (@@own@@, @@click@@, @@now@@) that the mail room fills in.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from helsevev.core.newsletter import content
from helsevev.core.newsletter.content import Told
from helsevev.network.newsletter.models import Letter
from helsevev.network.newsletter.queries import letters

HEADERS: Mapping[str, str] = {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Precedence": "bulk"}


@dataclass(frozen=True)
class Composed:
    """A letter in one shape (utgave)."""

    subject: str
    text: str
    html: str
    headers: Mapping[str, str]


def compose(letter: Letter, language: str, kinds: Collection[str], *, counted: bool) -> Composed | None:
    """The letter for those who chose so; None where nothing in it is for them.

    `counted`: links lead by the address that counts clicks; else straight to where they go.
    """
    blocks = content.told(letters.blocks(letter), language, kinds)
    if not blocks:
        return None
    subject = content.in_tongue(letter.subjects, language)
    with override(language):
        own, stop = (_address(name, "@@own@@") for name in ("own", "stop"))
        context = {
            "subject": subject,
            "language": language,
            "blocks": [(one, _link(letter, one, language, counted=counted)) for one in blocks],
            "own": own,
            "stop": stop,
            "archive": _address("letter", letter.key),
            "site": settings.SITE_URL,
            "contact": settings.CONTACT,
        }
        text = render_to_string("mail/newsletter/letter.txt", context)
        html = render_to_string("newsletter/mail.html", context)
    headers = {**HEADERS, "List-Unsubscribe": f"<{stop}>", "List-Id": f"<newsletter.{settings.SITE_HOST}>"}
    return Composed(subject, text, html, headers)


def _link(letter: Letter, one: Told, language: str, *, counted: bool) -> str:
    if not one.link:
        return ""
    if counted:
        return _address("click", letter.key, one.link, "@@click@@.@@now@@")
    return letters.whole_address(one.address, language)


def _address(name: str, *words: object) -> str:
    return settings.SITE_URL + reverse(f"newsletter:{name}", args=words)
