"""Signing exactly a text: what is signed, when it can be, and what an edit does to it."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from helsevev.core.words import Refusal, gettext_noop


class Step(StrEnum):
    """What can become of a text that is laid before the parties."""

    AGREED = "agreed"
    VOIDED = "voided"
    WITHDRAWN = "withdrawn"


class Standing(StrEnum):
    """Where a text stands."""

    OPEN = "open"
    AGREED = "agreed"
    VOID = "void"
    WITHDRAWN = "withdrawn"


STANDING_NAMES: Mapping[Standing, str] = {
    Standing.OPEN: gettext_noop("Waits for signatures"),
    Standing.AGREED: gettext_noop("Signed by all"),
    Standing.VOID: gettext_noop("Void: the text was changed"),
    Standing.WITHDRAWN: gettext_noop("Withdrawn"),
}


class Why(StrEnum):
    """Why a text can't be laid forward, signed or withdrawn."""

    STALE = gettext_noop("The text isn't the one you were shown any more. Read it as it stands now, then sign.")
    CLOSED = gettext_noop("This text doesn't wait for signatures.")
    NOT_YOURS = gettext_noop("You can't sign for %(name)s. Somebody with its signature must.")
    NOT_PARTY = gettext_noop("%(name)s isn't named in this text, so nobody signs for it.")
    SIGNED = gettext_noop("%(name)s has signed this text already.")
    SAME = gettext_noop("The text is the same as the one that is signed. Change it first.")
    OPEN_ALREADY = gettext_noop("The text has been laid before the parties already.")
    CHANGED = gettext_noop("Somebody saved meanwhile. Your text stands below, not saved. Compare, then save again.")
    NOT_CONSENTED = gettext_noop("%(name)s hasn't consented to this text.")
    REASON = gettext_noop("Say why, in a sentence.")
    NO_PARTIES = gettext_noop("A text that all parties sign needs at least two parties.")


@dataclass(frozen=True)
class Party:
    """An organisation that signs (part): its key and name as the text has them."""

    key: str
    name: str


def digest(content: Mapping[str, object]) -> str:
    """Of exactly this content: one sign more or less gives another."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def standing(steps: Iterable[str]) -> Standing:
    """Where a text stands after its steps."""
    taken = list(steps)
    if Step.WITHDRAWN in taken:
        return Standing.WITHDRAWN
    if Step.VOIDED in taken:
        return Standing.VOID
    return Standing.AGREED if Step.AGREED in taken else Standing.OPEN


def parties(content: Mapping[str, object]) -> tuple[Party, ...]:
    """Who must sign, as the text says."""
    rows = content.get("parties")
    return tuple(Party(str(row["key"]), str(row["name"])) for row in rows) if isinstance(rows, list) else ()


def refuse_sign(
    shown: str, text: tuple[str, Standing], party: Party, named: Collection[Party], signs_for: Collection[str]
) -> Refusal | None:
    """Why someone can't sign for a party a text, whose digest they were shown; `text` is its digest and standing."""
    values = {"name": party.name}
    if party.key not in signs_for:
        return Refusal(Why.NOT_YOURS, values)
    if party.key not in {one.key for one in named}:
        return Refusal(Why.NOT_PARTY, values)
    real, stands = text
    if shown != real or stands is Standing.VOID:
        return Refusal(Why.STALE)
    return None if stands is Standing.OPEN else Refusal(Why.CLOSED)


def all_signed(named: Collection[Party], signed: Collection[str]) -> bool:
    """Whether everyone whom the text names has signed it."""
    return bool(named) and {one.key for one in named} <= set(signed)
