"""Letters about a decision (brev): filled in from a template, refused while a field is empty, and sealed. Pure."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from helsevev.core.words import Refusal, gettext_noop
from helsevev.network.applications.rules.rounds_content import MERGED

LONGEST_BODY, LONGEST_SUBJECT = 20_000, 200


class Why(StrEnum):
    """Why letters can't be written or sent."""

    NO_TEMPLATE = gettext_noop("%(number)s: the round has no letter for this outcome in the applicant's language.")
    EMPTY_FIELD = gettext_noop("%(number)s: nothing stands for {%(field)s}.")
    UNFILLED = gettext_noop("%(number)s: the text still has {%(field)s} in it.")
    NO_TEXT = gettext_noop("%(number)s: the letter has no subject or no text.")
    NO_REASON = gettext_noop("%(number)s: the reason doesn't stand in the letter.")
    NO_RECIPIENT = gettext_noop("%(number)s: nobody is left who can get the letter.")
    UNREAD = gettext_noop("%(number)s: nobody has read the letter.")
    NOT_DECIDED = gettext_noop("There is no decision to write about.")
    NOT_ALL_MADE = gettext_noop("%(count)s letters aren't made yet.")
    CHANGED_WHILE_SENT = gettext_noop("Somebody changed a letter just now, so none was sent. Send them once more.")
    ANSWERED = gettext_noop("Somebody else has answered meanwhile. Their answer stands above yours.")
    SENT = gettext_noop("The letter is sent, and stays as it is.")
    MEANWHILE = gettext_noop("Somebody else has changed the letter meanwhile. Both texts stand here.")


@dataclass(frozen=True)
class Draft:
    """A letter before it is sent."""

    number: str
    subject: str
    body: str
    reason: str
    read: bool
    recipients: int


def filled(text: str, values: Mapping[str, str]) -> str:
    """A template with its fields filled in; an unknown field, or one without a value, stays as it is, to be seen.

    Values are put in once and not looked into: a brace that an applicant wrote stays a brace.
    """
    return MERGED.sub(lambda found: values.get(found[1], "").strip() or found[0], text)


def empty_fields(text: str, values: Mapping[str, str]) -> list[str]:
    """Fields that the text names and nothing stands for."""
    return sorted({name for name in MERGED.findall(text) if not values.get(name, "").strip()})


def refuse_send(letter: Draft, known: frozenset[str]) -> list[Refusal]:
    """Everything that keeps a letter from being sent; one of them keeps the whole batch."""
    said = {"number": letter.number}
    found = []
    if not letter.subject.strip() or not letter.body.strip():
        found.append(Refusal(Why.NO_TEXT, said))
    left = sorted(set(MERGED.findall(f"{letter.subject}\n{letter.body}")) & known)
    found += [Refusal(Why.UNFILLED, {**said, "field": name}) for name in left]
    if _plain(letter.reason) not in _plain(letter.body):
        found.append(Refusal(Why.NO_REASON, said))
    if not letter.recipients:
        found.append(Refusal(Why.NO_RECIPIENT, said))
    if not letter.read:
        found.append(Refusal(Why.UNREAD, said))
    return found


def seal(subject: str, body: str) -> str:
    """The digest of a letter exactly as it is sent."""
    return hashlib.sha256(f"{subject}\n\n{body}".encode()).hexdigest()


def _plain(text: str) -> str:
    return " ".join(text.split())
