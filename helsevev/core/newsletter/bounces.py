"""Letters that came back (returpost): what a mail server tells of it (RFC 3464), and when an address rests.

An address rests when it has refused for good in two letters in a row, or for a time in four in a row. A letter that
arrives begins the count anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message

HARD_MOST, SOFT_MOST = 2, 4
# A report is small; more than this is something else.
LARGEST = 2_000_000


@dataclass(frozen=True)
class Returned:
    """One address that a report tells of: for good or for a time, and which message of ours it was."""

    address: str
    is_hard: bool
    code: str
    message_id: str


@dataclass(frozen=True)
class Standing:
    """How often in a row an address has refused."""

    hard: int = 0
    soft: int = 0

    def after(self, *, is_hard: bool) -> "Standing":
        """One letter more that came back."""
        return Standing(self.hard + 1, self.soft) if is_hard else Standing(self.hard, self.soft + 1)

    @property
    def rests(self) -> bool:
        """Whether no more letters go there until its owner asks anew."""
        return self.hard >= HARD_MOST or self.hard + self.soft >= SOFT_MOST


def returned(raw: bytes) -> list[Returned]:
    """What a report tells; nothing where it isn't one, or doesn't say which message it was."""
    if len(raw) > LARGEST:
        return []
    letter = message_from_bytes(raw, policy=policy.compat32)
    parts = list(letter.walk())
    original = next((found for part in parts if (found := _original(part))), "")
    reports = [
        block for part in parts if part.get_content_type() == "message/delivery-status" for block in _blocks(part)
    ]
    return [one for block in reports if original and (one := _one(block, original))]


def _original(part: Message) -> str:
    """The message's own name, from the copy or the headers that were sent back."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        inner = part.get_payload(0) if part.is_multipart() else None
        return str(inner.get("Message-ID", "")).strip() if isinstance(inner, Message) else ""
    if kind == "text/rfc822-headers":
        content = part.get_payload(decode=True)
        headers = message_from_bytes(content, policy=policy.compat32) if isinstance(content, bytes) else Message()
        return str(headers.get("Message-ID", "")).strip()
    return ""


def _blocks(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    yield from (one for one in payload if isinstance(one, Message)) if isinstance(payload, list) else ()


def _one(block: Message, original: str) -> Returned | None:
    action = str(block.get("Action", "")).strip().lower()
    named = str(block.get("Original-Recipient") or block.get("Final-Recipient") or "")
    address = named.rpartition(";")[2].strip().strip("<>").lower()
    code = str(block.get("Status", "")).strip().split(" ")[0][:20]
    if action != "failed" or "@" not in address:
        return None
    return Returned(address, code.startswith("5"), code, original)
