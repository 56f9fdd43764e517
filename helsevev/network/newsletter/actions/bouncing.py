"""Letters that came back, read from the mailbox that they come back to."""

import mailbox
from collections.abc import Iterable, Iterator
from pathlib import Path

from helsevev.commons.mail import queries as mail
from helsevev.core.newsletter.bounces import returned
from helsevev.network.newsletter.actions import settling
from helsevev.network.newsletter.models import Letter, Subscriber
from helsevev.network.newsletter.queries.numbers import BATCH


def reports(path: Path) -> Iterator[bytes]:
    """Every letter in a file: one (.eml), a mailbox of many, or a folder of such files."""
    if path.is_dir():
        for inner in sorted(path.rglob("*")):
            if inner.is_file():
                yield from reports(inner)
    elif path.read_bytes()[:5] == b"From ":
        for letter in mailbox.mbox(path, create=False):
            yield letter.as_bytes()
    else:
        yield path.read_bytes()


def take_in(every: Iterable[bytes]) -> tuple[int, int]:
    """Note what came back; how many were news, and how many letters told of nothing that is ours.

    A report counts only where it knows the name of a message that we sent to that address, so nobody else can make an
    address rest.
    """
    taken = others = 0
    for raw in every:
        found = [_noted(one.address, one.message_id, one.code, is_hard=one.is_hard) for one in returned(raw)]
        known = [one for one in found if one is not None]
        taken += sum(known)
        others += not known
    return taken, others


def _noted(address: str, message_id: str, code: str, *, is_hard: bool) -> bool | None:
    """Whether it was news; None where it isn't ours."""
    message = mail.to_with_id(address, message_id, BATCH)
    row = Subscriber.objects.filter(email=address).first()
    letter = Letter.objects.filter(key=message.batch.key.split(":")[1]).first() if message and message.batch else None
    if row is None or letter is None:
        return None
    return settling.note(letter, row, code, is_hard=is_hard, came_back=True)
