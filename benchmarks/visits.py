"""A year of visits counted and shown, in a process of its own: prints one JSON object.

    python benchmarks/visits.py                  100,000, 1,000,000 and 10,000,000 visits
    python benchmarks/visits.py 100000           this size alone

Every opened page goes through the same batches and is written by the same statements as in operation, as many as five
seconds of the year's busiest hour would bring. Beside it: what counting adds to a request, and a quarter's page.
"""

import json
import os
import random
import resource
import statistics
import sys
import time
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helsevev.config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - settings come first
from django.core.management import call_command  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402
from django.urls import resolve  # noqa: E402

from helsevev.core.visits import Device, Look, arrival  # noqa: E402
from helsevev.network.visits.actions import closing, counting  # noqa: E402
from helsevev.network.visits.middleware import VisitsMiddleware  # noqa: E402
from helsevev.network.visits.models import Day, Tally  # noqa: E402

SIZES, REPEATS, REQUESTS = (100_000, 1_000_000, 10_000_000), 15, 20_000
YEAR, PAGES, HOSTS, PER_WRITING = 2025, 800, 60, 500
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
REFERRERS = [
    "",
    "https://www.google.no/",
    "https://l.facebook.com/",
    *(f"https://s{n}.example.no/" for n in range(HOSTS)),
]


def counted(size: int) -> dict[str, float]:
    """Count and write a year of visits, closing each day as the worker does."""
    drawn = random.Random(7)
    arrivals = [arrival(one, (), {}) for one in REFERRERS]
    looks = [
        Look(f"/page-{int(drawn.paretovariate(0.7)) % PAGES}/", came, device, language, "NO")
        for came in arrivals
        for device in (Device.COMPUTER, Device.PHONE)
        for language in ("nb", "nn", "en")
        for _again in range(10)
    ]
    start, first = time.process_time(), date(YEAR, 1, 1)
    for at in range(365):
        day, today = first + timedelta(days=at), size * (at + 1) // 365 - size * at // 365
        for visit in range(today):
            counting.counter.add(day, looks[visit * 7 % len(looks)], f"10.{at % 200}.{visit >> 8}.{visit & 255}", AGENT)
            if visit % PER_WRITING == PER_WRITING - 1:
                counting.write()
        counting.write()
        closing.close(day)
    closing.close_due()
    spent = time.process_time() - start
    rows = Day.objects.count() + Tally.objects.count()
    return {"seconds": round(spent, 1), "microseconds_each": round(1e6 * spent / size, 1), "rows": rows}


def page() -> dict[str, float]:
    """The quarter's page through all of the product: processor milliseconds, least and middle."""
    browser, times = Client(headers={"host": "127.0.0.1"}), []
    for _again in range(REPEATS + 1):
        start = time.process_time()
        assert browser.get(f"/nb/visits/?period={YEAR}-Q3").status_code == 200
        times.append(1000 * (time.process_time() - start))
    return {"ms_least": round(min(times[1:]), 1), "ms_middle": round(statistics.median(times[1:]), 1)}


def per_request() -> dict[str, float]:
    """Processor microseconds of a page that does nothing, with and without the counting around it."""
    headers = {
        "HTTP_USER_AGENT": AGENT,
        "HTTP_REFERER": "https://www.google.no/",
        "HTTP_ACCEPT_LANGUAGE": "nb-NO,nb;q=0.9",
    }
    request = RequestFactory().get("/nb/about/", **headers)
    request.resolver_match = resolve("/nb/about/")

    def answer(_request: HttpRequest) -> HttpResponse:
        return made

    made, found = HttpResponse("<p>hello"), {}
    for name, around in (("without", answer), ("with", VisitsMiddleware(answer))):
        least = []
        for _again in range(5):
            start = time.process_time()
            for _request in range(REQUESTS):
                around(request)
            least.append(1e6 * (time.process_time() - start) / REQUESTS)
            counting.counter.take()
        found[name] = round(min(least), 2)
    return {**found, "counting": round(found["with"] - found["without"], 2)}


def measured(size: int) -> dict[str, object]:
    """One size, from empty tables."""
    Day.objects.all().delete()
    Tally.objects.all().delete()
    found: dict[str, object] = {"size": size, **counted(size), "page": page()}
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found


if __name__ == "__main__":
    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    cost = per_request()
    print(json.dumps({"request": cost, "sizes": [measured(size) for size in sizes]}))
