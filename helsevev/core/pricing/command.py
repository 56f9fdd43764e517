"""`helsevev price CASE.json`: reads a case, and writes what it comes to. Starts without Django and without a database.

Exit 0: done. 1: the case has faults; one sentence a line with the path of its field goes to stderr, and nothing to
stdout. 2: wrong usage. The same case, draws and seed give the same bytes.
"""

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helsevev.core import strictjson
from helsevev.core.faults import Faulty
from helsevev.core.pricing.answer import Answer, price
from helsevev.core.pricing.case import Case
from helsevev.core.pricing.reading import read
from helsevev.core.pricing.weighing import warnings

if TYPE_CHECKING:
    from helsevev.core.pricing.book import Values

ABOUT = "what a shared centre costs, what each municipality pays, and how many nurses it needs"
EXAMPLES = """examples:
  helsevev price case.json                                the whole answer as JSON
  helsevev price case.json --format table                 the same to read
  helsevev price case.json --draws 10000 --seed 1         with uncertainty
  helsevev price case.json --fairness                     with the cost of going alone
  helsevev price case.json --format xlsx --output case.xlsx
                                                          a workbook with live formulas
"""


def parser() -> argparse.ArgumentParser:
    """What may be asked."""
    made = argparse.ArgumentParser(
        prog="helsevev price",
        description=f"Reckons {ABOUT}.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("case", metavar="CASE.json", help="the case; - reads it from standard input")
    made.add_argument("--draws", type=int, metavar="N", help="add uncertainty from N draws of the whole model")
    made.add_argument("--seed", type=int, default=1, help="where the draws begin (default: 1)")
    made.add_argument("--fairness", action="store_true", help="add stand-alone costs, Shapley values and core check")
    made.add_argument("--format", choices=("json", "xlsx", "table"), default="json", help="default: json")
    made.add_argument("--output", metavar="FILE", help="write to this file instead of standard output")
    return made


def main(words: Sequence[str]) -> int:
    """Do what the words ask for."""
    try:
        asked = parser().parse_args(list(words))
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    if asked.format == "xlsx" and not asked.output and sys.stdout.isatty():
        print("helsevev price: a workbook isn't for a screen. Say --output FILE.xlsx", file=sys.stderr)
        return 2
    try:
        _write(_answer(asked), asked.output)
    except Faulty as refused:
        for fault in refused.faults:
            print(fault, file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(f"{error.filename or 'standard output'}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


def _answer(asked: argparse.Namespace) -> bytes:
    """All that was asked for, before a byte of it is written."""
    raw = sys.stdin.buffer.read() if asked.case == "-" else Path(asked.case).read_bytes()
    value, faults = strictjson.read(raw)
    if faults:
        raise Faulty(faults)
    case = read(value)  # type: ignore[arg-type] # what isn't an object is a fault of its own
    answer = price(case)
    if asked.format == "xlsx":
        from helsevev.core.pricing.workbook import workbook  # noqa: PLC0415 - loads a writer that JSON does without

        return workbook(case, answer, also=_sheets(whole(case, answer, asked)))
    said = whole(case, answer, asked)
    if asked.format == "table":
        from helsevev.core.pricing.showing import table  # noqa: PLC0415

        return table(said).encode()
    return (json.dumps(said, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def whole(case: Case, answer: Answer, asked: argparse.Namespace) -> dict[str, Any]:
    """The answer with what else was asked for."""
    said = answer.as_dict()
    said["warnings"] = [{"place": one.place, "text": str(one.refusal)} for one in warnings(case, answer)]
    if asked.fairness:
        from helsevev.core.pricing.fairness import fairness  # noqa: PLC0415

        said |= fairness(case, answer, seed=asked.seed).as_dict()
    if asked.draws is not None:
        from helsevev.core.pricing.uncertainty import uncertainty  # noqa: PLC0415

        said["uncertainty"] = uncertainty(case, asked.draws, asked.seed).as_dict()
    return said


def _sheets(said: Mapping[str, Any]) -> "list[Values]":
    """Fairness and uncertainty as sheets of values, where they were asked for."""
    from helsevev.core.pricing.book import Values  # noqa: PLC0415

    sheets = []
    if "fairness" in said:
        rows = said["fairness"]
        sheets.append(Values("Fairness", list(rows[0]), [list(row.values()) for row in rows]))
    if "uncertainty" in said:
        spread = said["uncertainty"]
        named = {key: spread[key] for key in ("total_nok", "positions", "mean_patient_month_nok") if spread[key]}
        named |= {row["number"]: {key: row[key] for key in row if key != "number"} for row in spread["municipalities"]}
        header = [f"{spread['draws']} draws, seed {spread['seed']}", *spread["total_nok"]]
        sheets.append(Values("Uncertainty", header, [[name, *row.values()] for name, row in named.items()]))
    return sheets


def _write(answer: bytes, file: str | None) -> None:
    """To a file or to standard output."""
    if file:
        Path(file).write_bytes(answer)
    else:
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()
