"""A slider of a price case, from request to picture: prints one JSON object.

    HELSEVEV_DATA_DIR=/tmp/bench python benchmarks/slider.py

First the processor time of the product's whole answer, with five pictures in it, through Django's test client. Then,
where there is a Chromium, the time by the clock in a real browser from the request that a moved slider sends until the
browser has painted the new pictures; on a busy machine that says more of the machine than of the product.
"""

import json
import os
import shutil
import statistics
import sys
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helsevev.config.settings")
os.environ["HELSEVEV_MODE"] = "demo"
import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from serving import serving  # noqa: E402

from helsevev.commons.people.actions import grant_as_operator, load_registers  # noqa: E402
from helsevev.commons.people.models import User  # noqa: E402
from helsevev.commons.people.rules import Grant, Role  # noqa: E402
from helsevev.toolbox.pricing.actions.preparing import prepare_example, prepare_population  # noqa: E402
from helsevev.toolbox.pricing.models import PriceCase  # noqa: E402

REPEATS = 31
MOVES = 40
OWNER = "akershus-universitetssykehus"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# From the request that htmx sends until the frame after the one in which the answer stands in the page.
WATCH = """() => {
  window.times = [];
  let start = 0;
  document.addEventListener('htmx:before:request', () => { start = performance.now(); });
  document.addEventListener('htmx:after:swap', () =>
    requestAnimationFrame(() => requestAnimationFrame(() => window.times.push(performance.now() - start))));
}"""
MOVE = """(value) => {
  const field = document.getElementById('s-centre-handling_minutes');
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}"""


def signed_in() -> tuple[Client, PriceCase]:
    """The demonstration's case, and somebody who may see it."""
    call_command("migrate", verbosity=0)
    load_registers()
    prepare_population()
    prepare_example()
    user = User.objects.create_user("bench@example.invalid", name="Bench", is_demo=True)
    grant_as_operator("system:bench", user, Grant(Role.PROJECT_LEADER, OWNER, timezone.localdate()), "Benchmark")
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, BACKEND)
    return client, PriceCase.objects.get(is_illustrative=True)


def answers(client: Client, address: str) -> dict[str, float]:
    """Processor milliseconds of the answer to a moved slider, least and middle, and its size."""
    times, size = [], 0
    for at in range(REPEATS + 3):
        start = time.process_time()
        answer = client.get(address, {"centre.handling_minutes": f"{12 + at / 8}"})
        times.append(1000 * (time.process_time() - start))
        assert answer.status_code == 200, answer.status_code
        size = len(answer.content)
    warm = times[3:]
    return {"ms_least": round(min(warm), 1), "ms_middle": round(statistics.median(warm), 1), "bytes": size}


def browsed(client: Client, path: str) -> dict[str, object]:
    """Milliseconds by the clock in a browser, least and middle."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        return {"measured": False, "why": "no Chromium is installed"}
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key or ""}
    with serving("helsevev.config.wsgi:application") as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nb-NO")
        context.add_cookies([{**cookie, "url": site}])
        page = context.new_page()
        page.goto(site + path)
        page.evaluate(WATCH)
        for at in range(MOVES):
            page.evaluate(MOVE, f"{12 + at / 8}".replace(".", ","))
            page.wait_for_function("(count) => window.times.length > count", arg=at)
        times = page.evaluate("window.times")[5:]
        browser.close()
    load = os.getloadavg()[0]
    found = {"ms_least": round(min(times)), "ms_middle": round(statistics.median(times)), "load": round(load, 1)}
    return {"measured": True, **found}


def main() -> None:
    """Measure and tell."""
    client, case = signed_in()
    whole = {
        "processor": answers(client, reverse("pricing:answer", args=[case.key])),
        "browser": browsed(client, reverse("pricing:case", args=[case.key])),
    }
    print(json.dumps(whole))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    main()
