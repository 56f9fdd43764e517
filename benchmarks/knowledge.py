"""The bank's list and page at 1,000 pages, beside the same pages listed as a stock Wagtail site does: one JSON object.

    HELSEVEV_DATA_DIR=/tmp/bench python benchmarks/knowledge.py 1000

Texts are planted by the product's own action. The stock list takes page objects, `pageurl` and a template loop over
each page's tags, inside the same frame (menu, foot) as ours, and has neither facets nor counts.
"""

import json
import sys
import tempfile
import time
from pathlib import Path
from types import MappingProxyType

import portfolio as measured  # starts Django
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import override_settings
from django.urls import path

from helsevev.commons.finding import queries as finding
from helsevev.commons.finding.queries import held
from helsevev.config.command import main as command
from helsevev.config.urls import urlpatterns as house
from helsevev.knowledge.pages.actions.planting import plant
from helsevev.knowledge.pages.models import Shown, ToolPage
from helsevev.knowledge.pages.queries.naming import labels

# What no facet is called isn't remembered, so the page is drawn each time.
ASKED = MappingProxyType(
    {
        "list of 50, drawn": "/nb/knowledge/list/?drawn=1",
        "list of 50, remembered": "/nb/knowledge/list/",
        "stock Wagtail's list of 50": "/nb/stock/",
        "page, drawn": "/nb/knowledge/verktoy-7/?drawn=1",
        "page, remembered": "/nb/knowledge/verktoy-7/",
    }
)
THEMES = ("barsel", "digital-hjemmeoppfolging", "barn-og-unge")
PHASES = ("anchoring", "insight", "service_development", "piloting")
TEXT = """+++
title = "Verktøy nummer {number}: {title}"
lead = "{lead}"
themes = ["{theme}"]
phases = ["{one}", "{other}"]
patient_groups = ["BU"]
regions = ["HV"]
licence = "CC BY 4.0"
published_on = 2025-{month:02}-{day:02}
+++
{body}
"""
STOCK = """{% extends "base.html" %}{% load wagtailcore_tags %}{% block content %}<h1>Pages</h1><div class="grid">
{% for page in pages %}<article class="ds-card card"><p class="card-kicker">{{ page.specific_class.kind_name }}</p>
<h3><a href="{% pageurl page %}">{{ page.title }}</a></h3><p>{{ page.lead }}</p>
<ul class="cluster">{% for tag in page.tags %}<li><span class="ds-tag">{{ tag }}</span></li>{% endfor %}</ul>
<p class="card-foot">{{ page.minutes }} minutes</p></article>{% endfor %}</div>{% endblock %}"""


def grow(folder: Path, size: int) -> None:
    """Bring the bank to so many tools, with words of the texts that come with the product."""
    (folder / "tool").mkdir(parents=True)
    words = " ".join(Shown.objects.filter(language="nb").values_list("lead", flat=True)).replace('"', "").split()
    for number in range(size - Shown.objects.count()):
        at = number * 7 % (len(words) - 60)
        text = TEXT.format(
            number=number,
            title=" ".join(words[at : at + 5]),
            lead=" ".join(words[at + 5 : at + 25]),
            body="\n\n".join(["## Slik gjør du", *[" ".join(words[at : at + 60])] * 4]),
            theme=THEMES[number % 3],
            one=PHASES[number % 4],
            other=PHASES[(number + 1) % 4],
            month=number % 12 + 1,
            day=number % 28 + 1,
        )
        (folder / "tool" / f"verktoy-{number}.nb.md").write_text(text, encoding="utf-8")
    plant(folder, lambda said: print(said, file=sys.stderr))


def stock(request: HttpRequest) -> HttpResponse:
    """The newest 50 as page objects in a template."""
    named = labels("nb")
    pages = list(ToolPage.objects.live().select_related("locale").order_by("-first_published_at")[:50])
    for page in pages:
        codes = (("phase", page.phases), ("theme", page.themes), ("patient_group", page.patient_groups))
        page.tags = [named.get((name, code), code) for name, those in codes for code in those]  # type: ignore[attr-defined]
        page.minutes = 1  # type: ignore[attr-defined]
    return HttpResponse(engines["django"].from_string(STOCK).render({"pages": pages}, request))


urlpatterns = [path("nb/stock/", stock), *house]


def findable() -> float:
    """Milliseconds of processor time from saving a page until it is found."""
    page = ToolPage.objects.get(slug="verktoy-3")
    finding.search("page", "planen", "nb")
    begun = time.thread_time()
    page.title = "Kvernsteinsmetoden"
    page.save_revision().publish()
    assert finding.search("page", "kvernsteinsmetoden", "nb")
    return round(1000 * (time.thread_time() - begun), 1)


def alike() -> float:
    """Milliseconds for the pages most like one, middle of several."""
    families = list(Shown.objects.order_by("pk").values_list("family", flat=True)[:9])
    spent = []
    for family in families:
        begun = time.thread_time()
        finding.similar("page", str(family), limit=4)
        spent.append(1000 * (time.thread_time() - begun))
    return round(sorted(spent)[4], 1)


def main(size: int) -> None:
    """Plant, and measure."""
    measured.quietly(lambda: command(["prepare"]))
    with tempfile.TemporaryDirectory() as folder:
        grow(Path(folder), size)
    begun = time.thread_time()
    held.held().searcher.search("planen", 10)
    load = time.thread_time() - begun
    before = measured.calibration()
    with override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"]):
        asked = {name: measured.measure(address) for name, address in ASKED.items()}
    print(
        json.dumps(
            {
                "size": Shown.objects.count(),
                "pages": asked,
                "similar_ms": alike(),
                "findable_ms": findable(),
                "load_ms": round(1000 * load, 1),
                "calibration_ms": [before, measured.calibration()],
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
