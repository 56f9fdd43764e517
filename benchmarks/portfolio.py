"""One size of portfolio, measured in a process of its own: prints one JSON object.

    HELSEVEV_DATA_DIR=/tmp/bench python benchmarks/portfolio.py 10000

The real projects are loaded by the product's own command; the rest are copies of them under other keys, written in
bulk and indexed by the product's own action. Pages are then asked for through Django's test client, after warm-up;
processor time is the process's own, so that other work on the machine disturbs little.
"""

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helsevev.config.settings")
import django

django.setup()

from django.db import connection, models, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from helsevev.commons.finding import actions as finding  # noqa: E402
from helsevev.commons.finding import models as index  # noqa: E402
from helsevev.commons.initiatives.models import Initiative, Party, PhaseMove  # noqa: E402
from helsevev.config.command import main as command  # noqa: E402
from helsevev.network.portfolio.models import Figure, LogEntry, Project  # noqa: E402
from helsevev.network.portfolio.queries.showing import index_documents  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
REPEATS = 15
BATCH = 2_000
PAGES = {
    "list, unfiltered": "/nb/portfolio/",
    "list, two facets": "/nb/portfolio/?region=HV&patient_group=KR",
    "list, search": "/nb/portfolio/?q=hjemmeoppf%C3%B8lging",
    "project page": "/nb/portfolio/fonna-bu/",
    "dashboard": "/nb/portfolio/dashboard/",
}
CARRIED: tuple[tuple[type[models.Model], str], ...] = (
    (Party, "initiative_id"),
    (PhaseMove, "initiative_id"),
    (Figure, "project_id"),
    (LogEntry, "project_id"),
)


def copies(template: list[Initiative], wanted: int) -> Iterator[tuple[Initiative, Initiative]]:
    """Pairs of an original and its copy under a key of its own."""
    for number, original in enumerate(islice(cycle(template), wanted)):
        fields = {f.attname: getattr(original, f.attname) for f in original._meta.concrete_fields if not f.primary_key}
        yield original, Initiative(**fields | {"key": f"{original.key}-{number}"})


def clone(model: type[models.Model], column: str, targets: dict[int, list[int]]) -> None:
    """Copy the rows that hang on originals to their copies."""
    plain = [f for f in model._meta.concrete_fields if not f.primary_key or f.attname == column]
    rows = []
    for row in model._default_manager.filter(**{f"{column}__in": list(targets)}):
        fields = {f.attname: getattr(row, f.attname) for f in plain}
        rows += [model(**fields | {column: target}) for target in targets[getattr(row, column)]]
    model._default_manager.bulk_create(rows, batch_size=BATCH)


def grow(size: int) -> None:
    """Bring the portfolio to `size` projects."""
    template = list(Initiative.objects.filter(project__listing="awarded").order_by("pk"))
    wanted = size - Initiative.objects.count()
    pairs = list(copies(template, max(0, wanted)))
    for start in range(0, len(pairs), BATCH):
        with transaction.atomic():
            part = pairs[start : start + BATCH]
            Initiative.objects.bulk_create([copy for _original, copy in part], batch_size=BATCH)
            targets: dict[int, list[int]] = {}
            for original, copy in part:
                targets.setdefault(original.pk, []).append(copy.pk)
            clone(Project, "initiative_id", targets)
            clone(Initiative.terms.through, "initiative_id", targets)
            for model, column in CARRIED:
                clone(model, column, targets)
            finding.put(index_documents([copy.key for _original, copy in part], timezone.localdate()))


def measure(address: str, client: Client | None = None) -> dict[str, float]:
    """Processor time of a request (least and middle of several), its statements and its bytes."""
    client = client or Client(headers={"accept-language": "nb"}, SERVER_NAME="127.0.0.1")
    for _warm in range(3):
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    statements = len(asked)
    times = []
    for _again in range(REPEATS):
        start = time.thread_time()
        client.get(address)
        times.append(1000 * (time.thread_time() - start))
    return {
        "ms_least": round(min(times), 2),
        "ms_middle": round(statistics.median(times), 2),
        "statements": statements,
        "bytes": len(answer.content),
    }


def calibration() -> float:
    """A loop that does the same on every machine: milliseconds of processor time for three million additions."""
    start = time.thread_time()
    total = 0
    for number in range(3_000_000):
        total += number
    return round(1000 * (time.thread_time() - start), 1)


def quietly(work: Callable[[], object]) -> None:
    """Run a command of the product without its answers in ours."""
    keep, sys.stdout = sys.stdout, sys.stderr
    try:
        work()
    finally:
        sys.stdout = keep


def index_bytes() -> int:
    """What the index of properties and texts takes in the database, where the database can tell."""
    if connection.vendor != "sqlite":
        return 0
    tables = [
        model._meta.db_table
        for model in (index.Document, index.DocumentText, index.Facet, index.DocumentFacet, index.FacetBits)
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE tbl_name LIKE 'finding_%%'")
        names = [name for (name,) in cursor.fetchall()] or tables
        try:
            marks = ",".join(["%s"] * len(names))
            cursor.execute(f"SELECT COALESCE(SUM(pgsize), 0) FROM dbstat WHERE name IN ({marks})", names)
        except django.db.OperationalError:
            return 0
        return int(cursor.fetchone()[0])


def main(size: int) -> None:
    """Load, grow, measure, tell."""
    before = calibration()
    start = time.perf_counter()
    quietly(lambda: command(["load", "portfolio", str(ROOT / "data" / "portfolio.json")]))
    loaded = time.perf_counter() - start
    start = time.perf_counter()
    grow(size)
    grown = time.perf_counter() - start
    pages = {name: measure(address) for name, address in PAGES.items()}
    print(
        json.dumps(
            {
                "size": Initiative.objects.count(),
                "load_85_s": round(loaded, 2),
                "grow_s": round(grown, 1),
                "pages": pages,
                "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                "index_mb": round(index_bytes() / 1e6, 1),
                "calibration_ms": [before, calibration()],
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
