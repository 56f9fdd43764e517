"""Surveys of growing size, measured in a process of its own: prints one JSON object.

    python benchmarks/surveys.py                  1,000, 10,000 and 100,000 answers
    python benchmarks/surveys.py 1000             these sizes alone

The satisfaction survey's 22 questions by three groups: counted (every answer laid anew, then added up and hidden), the
result page, and the files. Processor time; memory is the process's highest.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helsevev.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from helsevev.commons.forms import queries as forms  # noqa: E402
from helsevev.core.surveys import asking  # noqa: E402
from helsevev.network.surveys.actions import making, moving  # noqa: E402
from helsevev.network.surveys.models import Remark, Response, Survey  # noqa: E402
from helsevev.network.surveys.rules import demo  # noqa: E402
from helsevev.network.surveys.rules.states import Kind, Step  # noqa: E402

SIZES = (1_000, 10_000, 100_000)
BY = "system:bench"


def calibration() -> float:
    """Three million additions: how fast the machine is now."""
    return seconds(lambda: sum(number for number in range(3_000_000)))


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds."""
    start = time.process_time()
    work()
    return round(time.process_time() - start, 3)


def filled(answers: int) -> Survey:
    """A closed survey with so many answers that have gone on from the pool."""
    version = forms.newest("satisfaction")
    assert version is not None
    questions = asking.questions(forms.compiled(version))
    made = making.Made(Kind.SATISFACTION, version, timezone.localdate().year, groupings=("side",), has_link=True)
    survey = moving.move(making.make(made, BY), Step.OPEN, BY)
    drawn = list(demo.answers(questions, answers, 0.4, answers))
    Response.objects.bulk_create((Response(survey=survey, choices=one.choices) for one in drawn), 1000)
    words = [Remark(survey=survey, question=key, text=text) for one in drawn for key, text in one.words.items()]
    Remark.objects.bulk_create(words, 1000)
    return moving.move(survey, Step.CLOSE, BY)


def measured(answers: int) -> Mapping[str, object]:
    """One size."""
    survey = filled(answers)
    browser = Client()
    count = seconds(lambda: moving.move(survey, Step.COUNT, BY))
    moving.move(survey, Step.PUBLISH, BY)
    page = f"/nb/surveys/{survey.key}/"
    assert browser.get(page).status_code == 200
    found: dict[str, object] = {"answers": answers, "count_s": count, "page_s": seconds(lambda: browser.get(page))}
    for form in ("csv", "xlsx", "pdf"):
        found[f"{form}_s"] = seconds(lambda form=form: browser.get(f"{page}results.{form}"))  # type: ignore[misc]
    return found | {"memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}


def main(sizes: Sequence[int]) -> None:
    """Measure each size, and print them."""
    settings.ALLOWED_HOSTS.append("testserver")
    call_command("prepare", verbosity=0)
    before = calibration()
    print(json.dumps({"sizes": [measured(size) for size in sizes], "calibration_s": [before, calibration()]}))


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or SIZES)
