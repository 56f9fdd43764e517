"""A meeting that many register for, in a process of its own: prints one JSON object.

    python benchmarks/meetings.py              100, 1,000 and 10,000 who are registered
    python benchmarks/meetings.py 100 1000     these alone

Times are the process's own processor time, least and middle of several: one who registers and confirms when so many
have a place and a hundred wait, one who leaves so that the next moves up, the meeting's page, and the list as CSV.
"""

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helsevev.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - settings come first
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from helsevev.network.events.actions import registering, writing  # noqa: E402
from helsevev.network.events.actions.registering import Wish  # noqa: E402
from helsevev.network.events.models import Attendee, Meeting, Registration  # noqa: E402
from helsevev.network.events.panels.listing import lines  # noqa: E402

SIZES, REPEATS, WAITING = (100, 1_000, 10_000), 15, 100


def made(size: int) -> Meeting:
    """A full meeting of this size, with a line."""
    now = timezone.localtime()
    fields = {"kind": "webinar", "title": f"Invented {size}", "mode": "digital", "day": now.date() + timedelta(days=9)}
    fields |= {"starts": now.time().replace(hour=10), "minutes": 60, "link": "https://example.invalid/"}
    fields |= {"takes_registrations": True, "most_digital": size}
    row = writing.publish(writing.make(fields, [], "system:bench"), "system:bench")
    plain = {"meeting": row, "mode": "digital", "side": "other", "queued_at": now}
    states = ["registered"] * size + ["waiting"] * WAITING
    parties = Registration.objects.bulk_create(Registration(state=state, **plain) for state in states)
    Attendee.objects.bulk_create(
        Attendee(registration=one, name=f"Invented {n}", email=f"{size}.{n}@example.invalid")
        for n, one in enumerate(parties)
    )
    return row


def spent(work: Callable[[int], object]) -> dict[str, float]:
    """Processor milliseconds after one warm-up: least and middle."""
    times = []
    for again in range(REPEATS + 1):
        start = time.process_time()
        work(again)
        times.append(1000 * (time.process_time() - start))
    return {"ms_least": round(min(times[1:]), 2), "ms_middle": round(statistics.median(times[1:]), 2)}


def measured(size: int) -> dict[str, object]:
    """One size."""
    row, browser = made(size), Client(headers={"host": "127.0.0.1"})

    def enters(again: int) -> None:
        wish = Wish([("Invented", f"new.{size}.{again}@example.invalid")], "digital", "other")
        registering.confirm(registering.register(row, wish, "nb"))

    def leaves(again: int) -> None:
        inside = Attendee.objects.filter(registration__meeting=row, registration__state="registered", gone_at=None)
        registering.leave(inside.select_related("registration__meeting").order_by("pk")[again])

    found: dict[str, object] = {"size": size, "enters": spent(enters), "leaves": spent(leaves)}
    found["page"] = spent(lambda _again: browser.get(f"/nb/meetings/{row.key}/"))
    start = time.process_time()
    found["rows"] = sum(1 for _line in lines(row, "nb"))
    found["list_ms"] = round(1000 * (time.process_time() - start), 1)
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    print(json.dumps({"sizes": [measured(size) for size in sizes]}))
