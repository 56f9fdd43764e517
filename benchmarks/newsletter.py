"""A newsletter to many, over a mail server on this machine, in a process of its own: prints one JSON object.

    python benchmarks/newsletter.py                 1,000, 10,000 and 50,000 subscribers
    python benchmarks/newsletter.py 1000 10000      these alone

Written: every copy in one transaction. Sent: by one worker, each copy claimed and settled in the database by itself.
Seconds are by the clock and of the process's own processor time; the server takes every letter and counts it.
"""

import json
import os
import resource
import subprocess
import sys
import time

SINK = """
import asyncio
taken = 0
async def talk(reader, writer):
    global taken
    writer.write(b"220 sink\\r\\n")
    while line := await reader.readline():
        word = line[:4].upper()
        if word == b"DATA":
            writer.write(b"354 go on\\r\\n")
            await reader.readuntil(b"\\r\\n.\\r\\n")
            taken += 1
            writer.write(b"250 taken\\r\\n")
        elif word == b"NOOP":
            writer.write(b"250 %d\\r\\n" % taken)
        elif word == b"QUIT":
            writer.write(b"221 bye\\r\\n")
            break
        else:
            writer.write(b"250 ok\\r\\n")
        await writer.drain()
    writer.close()
async def main():
    server = await asyncio.start_server(talk, "127.0.0.1", 0, limit=2**22)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""
SIZES = (1_000, 10_000, 50_000)
sink = subprocess.Popen([sys.executable, "-c", SINK], stdout=subprocess.PIPE, text=True)
assert sink.stdout is not None
os.environ |= {
    "HELSEVEV_MAIL_HOST": "127.0.0.1",
    "HELSEVEV_MAIL_PORT": sink.stdout.readline().strip(),
    "HELSEVEV_MAIL_TLS": "no",
    "HELSEVEV_NEWSLETTER_PER_MINUTE": "1000000",
    "DJANGO_SETTINGS_MODULE": "helsevev.config.settings",
}
import django  # noqa: E402 - settings come first

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from helsevev.commons.mail.actions import send_due  # noqa: E402
from helsevev.commons.mail.models import Message  # noqa: E402
from helsevev.core.newsletter.content import CHOSEN, Kind  # noqa: E402
from helsevev.network.newsletter.actions import sending  # noqa: E402
from helsevev.network.newsletter.models import Item, Letter, Subscriber  # noqa: E402
from helsevev.network.newsletter.queries import numbers  # noqa: E402
from helsevev.network.newsletter.rules.states import Standing, State  # noqa: E402


def peak_mb() -> int:
    """The most memory that the process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def grow(size: int) -> None:
    """So many subscribers, all with every kind."""
    start, kinds = Subscriber.objects.count(), [one.value for one in CHOSEN]
    rows = (
        Subscriber(email=f"{at}@example.invalid", kinds=kinds, standing=Standing.ACTIVE, consent="Invented")
        for at in range(start, size)
    )
    Subscriber.objects.bulk_create(rows, batch_size=1000)


def letter() -> Letter:
    """Ten blocks of a paragraph each."""
    now = timezone.now()
    made = Letter.objects.create(
        key=f"bench-{Letter.objects.count()}",
        since=now,
        made_by="bench",
        subject_nb="Invented",
        state=State.PLANNED,
        send_at=now,
    )
    words = "Invented words about nothing at all. " * 8
    for at in range(10):
        Item.objects.create(
            letter=made, position=at, kind=Kind.PAGE, title_nb=f"Invented {at}", text_nb=words, address=f"/{at}/"
        )
    return made


def measured(size: int) -> dict[str, object]:
    """One size: written, and sent."""
    grow(size)
    made, start = letter(), time.perf_counter()
    sending.begin(made)
    written, before = time.perf_counter() - start, peak_mb()
    start, spent = time.perf_counter(), time.process_time()
    sent = 0
    while count := send_due():
        sent += count
    seconds, processor = time.perf_counter() - start, time.process_time() - spent
    assert Message.objects.filter(state=Message.State.SENT).count() == sent == size
    start = time.perf_counter()
    assert numbers.live(made).delivered == size
    found = {
        "size": size,
        "written_s": round(written, 1),
        "sent_s": round(seconds, 1),
        "per_second": round(size / seconds),
        "cpu_ms_each": round(1000 * processor / size, 2),
        "count_ms": round(1000 * (time.perf_counter() - start), 1),
        "before_mb": before,
        "peak_mb": peak_mb(),
    }
    Message.objects.all().delete()
    return found


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    try:
        print(json.dumps({"sizes": [measured(size) for size in sizes]}))
    finally:
        sink.kill()
