"""The form engine, measured in a process of its own: prints one JSON object.

    python benchmarks/forms.py                1,000 autosaves from eight writers
    python benchmarks/forms.py 200            fewer, for a quick look

A questionnaire of 200 questions with conditions, scores and limits is read once and evaluated again and again; then
writers save one field each, as open pages do, through the whole of `actions.save`. Times are processor time except
where they say wall.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helsevev.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from helsevev.commons.forms import actions, queries  # noqa: E402
from helsevev.commons.forms.actions import Change  # noqa: E402
from helsevev.core.questionnaire import reading  # noqa: E402
from helsevev.core.questionnaire.evaluating import evaluate  # noqa: E402

QUESTIONS, GROUPS, WRITERS = 200, 10, 8
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
KINDS = ("string", "choice", "integer", "boolean", "date")
TYPED = ("some text", "a", "12", True, "2026-01-01")


def question(group: int, number: int) -> dict[str, Any]:
    """One of the 200: two in three wait for another's answer."""
    made: dict[str, Any] = {"linkId": f"q{group}.{number}", "type": KINDS[number % 5], "text": "?", "required": True}
    if made["type"] == "choice":
        made["answerOption"] = [
            {"valueCoding": {"code": code, "extension": [{"url": ORDINAL, "valueDecimal": weight}]}}
            for weight, code in enumerate("abcd")
        ]
    if number > 5:
        made["enableWhen"] = [{"question": f"q{group}.1", "operator": "=", "answerCoding": {"code": "a"}}]
    return made


def questionnaire() -> dict[str, Any]:
    """A form of 200 questions in ten groups."""
    groups = [
        {"linkId": f"g{group}", "type": "group", "item": [question(group, n) for n in range(QUESTIONS // GROUPS)]}
        for group in range(GROUPS)
    ]
    return {"resourceType": "Questionnaire", "language": "nb", "item": groups}


def answers() -> dict[str, Any]:
    """Every question answered."""
    return {f"q{group}.{number}": TYPED[number % 5] for group in range(GROUPS) for number in range(QUESTIONS // GROUPS)}


def calibration() -> float:
    """Three million additions: how fast the machine is now."""
    start, total = time.process_time(), 0
    for number in range(3_000_000):
        total += number
    return round(1000 * (time.process_time() - start), 1)


def evaluations() -> Mapping[str, float]:
    """Milliseconds of one evaluation, and of reading the form."""
    start = time.process_time()
    form = reading.read(questionnaire()).questionnaire
    read_ms = 1000 * (time.process_time() - start)
    assert form is not None
    typed, times = answers(), []
    assert evaluate(form, typed).is_complete
    for _again in range(101):
        start = time.process_time()
        evaluate(form, typed)
        times.append(1000 * (time.process_time() - start))
    return {
        "read_ms": round(read_ms, 1),
        "ms_least": round(min(times), 2),
        "ms_middle": round(statistics.median(times), 2),
    }


def autosaves(count: int) -> Mapping[str, float]:
    """So many saves of one field each from eight writers at once, in 40 sheets."""
    call_command("prepare", verbosity=0)
    version = queries.newest("application")
    assert version is not None
    sheets = [
        actions.open_sheet(version, room="bench", subject=str(n), language="nb", by="system:bench") for n in range(40)
    ]
    times: list[float] = []

    def write(writer: int) -> None:
        for number in range(writer, count, WRITERS):
            start = time.perf_counter()
            change = Change("summary" if number % 2 else "need_text", f"text number {number}", 1_000_000)
            actions.save(sheets[number % len(sheets)], [change], f"writer {writer}", window=str(writer))
            times.append(1000 * (time.perf_counter() - start))
        connection.close()

    began, processor = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(write, range(WRITERS)))
    wall = time.perf_counter() - began
    times.sort()
    return {
        "saves": len(times),
        "per_minute": round(60 * len(times) / wall),
        "cpu_ms_each": round(1000 * (time.process_time() - processor) / len(times), 2),
        "wall_ms_middle": round(statistics.median(times), 1),
        "wall_ms_p99": round(times[int(len(times) * 0.99)], 1),
    }


def main(count: int) -> None:
    """Measure both, and print them."""
    before = calibration()
    found = {"evaluation": evaluations(), "autosaves": autosaves(count), "calibration_ms": [before, calibration()]}
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
