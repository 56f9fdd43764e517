"""`make bench`: measures the portfolio at growing sizes, and writes docs/benchmarks.md.

python benchmarks/run.py                  100, 1,000, 10,000 and 100,000 projects
python benchmarks/run.py 100 1000         these sizes alone
python benchmarks/run.py pricing          one section alone (see SECTIONS); the rest of the report stays
"""

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import found
from found import table

HERE = Path(__file__).resolve().parent
REPORT = HERE.parent / "docs" / "benchmarks.md"
MEASURED = "Measured on {}; {}."
SIZES = (100, 1_000, 10_000, 100_000)
TEXTS = (200, 1_000, 16_200, 100_000)
BANKS = (1_000, 5_000)
# Stock Wagtail's search on SQLite takes seconds for each query beyond this.
STOCK_MOST = 16_200
Row = Mapping[str, Any]


def ask(script: str, *arguments: str, folder: str, postgresql: bool = False) -> Row:
    """Run one measurement in a process of its own, and read its answer; on a private PostgreSQL where it's said."""
    environment = os.environ | {"HELSEVEV_DATA_DIR": folder, "HELSEVEV_MODE": "embedded", "HELSEVEV_LOG": "ERROR"}
    Path(folder).mkdir(parents=True, exist_ok=True)
    first = ["bash", str(HERE.parent / "scripts" / "postgresql.sh")] if postgresql else []
    done = subprocess.run(
        [*first, sys.executable, str(HERE / script), *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    answer: Row = json.loads(done.stdout.splitlines()[-1])
    return answer


def pages(found: Sequence[Row]) -> str:
    """A table for each page: one row for each size."""
    parts = []
    for name in found[0]["pages"]:
        rows = []
        for row in found:
            page = row["pages"][name]
            rows.append(
                [f"{row['size']:,}", page["ms_least"], page["ms_middle"], page["statements"], f"{page['bytes']:,}"]
            )
        first = next((row for row in found if row["size"] >= 1_000), found[0])
        last = found[-1]
        ratio = last["pages"][name]["ms_least"] / first["pages"][name]["ms_least"]
        parts.append(f"### {name[0].upper()}{name[1:]}\n")
        parts.append(table(["projects", "least ms", "middle ms", "SQL statements", "bytes"], rows))
        parts.append(f"At {last['size']:,} projects: {ratio:.2f} times the time at {first['size']:,}.\n")
    return "\n".join(parts)


def machine() -> str:
    """What it was measured on, and how busy that was."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return f"{system}, Python {platform.python_version()}, load {load}"


def serving(answer: Row) -> str:
    """Requests per second as shares of the hello page's."""
    if not answer["measured"]:
        return f"Not measured: {answer['why']}.\n"
    hello, django = (answer["per_second"][name] for name in ("hello", "hello from a bare Django"))
    rows = [
        [name, f"{rate:,.0f}", f"{rate / hello:.4f}", f"{rate / django:.3f}"]
        for name, rate in answer["per_second"].items()
    ]
    return f"""The same server (granian over WSGI, one process, four threads) in the same run; hello is a page of five
bytes without Django, bare Django has neither middleware nor database, and *remembered* is what readers without a
session get of an open page until something on it changes.

{table(["page, 85 projects", "requests a second", "of hello's", "of bare Django's"], rows)}"""


def pricing(answer: Row) -> str:
    """The price model beside its peers, and how it grows."""
    peers, sheet = answer["peers"], answer["peers"]["sheet"]
    ours = peers["numpy"]["ms_least"]
    rows = [["this product", ours, "1"]]
    for name in ("loop", "pandas"):
        if peers[name].get("measured", True):
            rows.append([name, peers[name]["ms_least"], f"{peers[name]['ms_least'] / ours:,.0f}"])
        else:
            rows.append([name, f"not measured: {peers[name]['why']}", ""])
    if sheet["measured"]:
        spent = 1000 * sheet["recalculation_cpu_s"]
        rows.append([f"LibreOffice Calc, {sheet['formulas']:,} formulas", f"{spent:,.0f}", f"{spent / ours:,.0f}"])
    else:
        rows.append(["LibreOffice Calc", f"not measured: {sheet['why']}", ""])
    growth = [[f"{r['draws']:,}", r["partners"], r["ms_least"], r["peak_mb"]] for r in answer["growth"]]
    by_draws, by_partners = slopes(answer["growth"])
    ten, many = answer["coalitions"]["ten"], answer["coalitions"]["two_hundred"]
    return f"""Times are the process's own processor time.

{table([f"{peers['draws']:,} draws of the full model, ten partners", "least ms", "times ours"], rows)}
Means of total, positions and all bills agree with the loop and pandas to nine digits, and the sheet's total within
{sheet.get("standard_errors_off", "–")} standard errors, or nothing would stand here. The sheet's time is its hard
recalculation alone, without opening; it draws its own numbers. Goals: 50 ms, and 80 times the sheet.

{table(["draws", "partners", "least ms", "peak MB"], growth)}
Ten times the draws take {by_draws:.1f} times the time, and twenty times the partners {by_partners:.1f} times; memory
follows draws alone. One price without draws takes {answer["price"]["ms_least"]} ms, a tornado
{answer["tornado"]["ms_least"]} ms. All {ten["coalitions"]:,} coalitions of ten partners with Shapley values take
{ten["ms_least"]} ms (limit 1,000); 200 partners by {many["permutations"]} drawn orders {many["ms_least"]} ms, with a
standard error of at most {100 * many["largest_error_of_value"]:.1f} % of a value. The need of 357 municipalities in 15
years at 106 ages takes {answer["population"]["ms_least"]} ms (limit 100).

{slid(answer["slider"])}"""


def slopes(growth: Sequence[Row]) -> tuple[float, float]:
    """What ten times the draws and twenty times the partners cost, as multiples."""
    at = {(row["draws"], row["partners"]): row["ms_least"] for row in growth}
    return at[100_000, 10] / at[10_000, 10], at[10_000, 200] / at[10_000, 10]


def slid(answer: Row) -> str:
    """A slider's answer: what it takes to reckon and draw, and what a browser's clock says."""
    reckoned, seen = answer["processor"], answer["browser"]
    text = f"""A moved slider is answered, with five pictures and all tables, in {reckoned["ms_least"]} ms of processor
time (middle {reckoned["ms_middle"]} ms, {reckoned["bytes"]:,} bytes; limit 100 ms)."""
    if not seen["measured"]:
        return f"{text} Not measured in a browser: {seen['why']}.\n"
    return f"""{text} By the clock in Chromium, from the request until the pictures are painted: least
{seen["ms_least"]} ms, middle {seen["ms_middle"]} ms, at a load of {seen["load"]} on {os.cpu_count()} cores.
"""


def forms(answer: Row) -> str:
    """The form engine: one evaluation, and many who write at once."""
    one, many = answer["evaluation"], answer["autosaves"]
    return f"""A form of 200 questions, 140 of them asked only after certain answers, is evaluated in
{one["ms_least"]} ms (middle {one["ms_middle"]} ms; limit 5 ms), and read once in {one["read_ms"]} ms.
{many["saves"]:,} saves of one field each by eight writers without a pause went at {many["per_minute"]:,} a minute on
SQLite (limit 1,000), with {many["cpu_ms_each"]} ms of processor time each.
"""


def meetings(answer: Sequence[Row]) -> str:
    """Registering for a meeting as more and more have registered."""
    rows = [
        [f"{r['size']:,}", *(r[name]["ms_least"] for name in ("enters", "leaves", "page")), r["list_ms"], r["peak_mb"]]
        for r in answer
    ]
    grown = answer[-1]["enters"]["ms_least"] / answer[0]["enters"]["ms_least"]
    return f"""A full meeting with a hundred in line: one registers and confirms, one leaves and the next moves up, the
meeting's page, and the whole list of participants. Least processor time.

{table(["registered", "enters, ms", "leaves, ms", "page, ms", "list, ms", "peak MB"], rows)}
At {answer[-1]["size"]:,} registered, registering takes {grown:.1f} times the time at {answer[0]["size"]:,}.
"""


def visits(answer: Row) -> str:
    """A year of visits counted, written and shown, and what counting adds to a request."""
    rows = [
        [f"{r['size']:,}", r["seconds"], r["microseconds_each"], f"{r['rows']:,}", r["page"]["ms_least"], r["peak_mb"]]
        for r in answer["sizes"]
    ]
    header = ["visits in a year", "counting, s", "each, µs", "rows kept", "a quarter's page, ms", "peak MB"]
    grown = answer["sizes"][-1]["page"]["ms_least"] / answer["sizes"][0]["page"]["ms_least"]
    return f"""Every visit goes through the same batches and statements as in operation, on SQLite: counted in memory,
told apart by the day's key, written five hundred at a time, and each day closed. Processor time.

{table(header, rows)}
The quarter's page takes {grown:.1f} times as long with the most visits as with the fewest. Counting adds
{answer["request"]["counting"]} µs to a request, all of it in memory.
"""


def newsletter(answer: Sequence[Row]) -> str:
    """A newsletter as more and more get it."""
    names = ("written_s", "sent_s", "per_second", "cpu_ms_each", "count_ms", "peak_mb")
    rows = [[f"{row['size']:,}", *(row[name] for name in names)] for row in answer]
    slope = answer[-1]["cpu_ms_each"] / answer[0]["cpu_ms_each"]
    header = ["copies", "written, s", "sent, s", "a second", "processor ms each", "counted, ms", "peak MB"]
    return f"""Ten blocks in text and HTML, over a mail server on the same machine, by one worker. All copies are
written in one transaction; each is then claimed, handed over and settled by itself, so that nothing goes twice. The
pace that a setting keeps (600 a minute by default) is off here.

{table(header, rows)}
At {answer[-1]["size"]:,} copies, each takes {slope:.2f} times the processor time at {answer[0]["size"]:,}.
"""


def surveys(answer: Row) -> str:
    """Surveys of growing size: counting once, then the page and the files, which rest on what was counted."""
    names = ("count_s", "page_s", "csv_s", "xlsx_s", "pdf_s", "memory_mb")
    rows = [[f"{one['answers']:,}", *(one[name] for name in names)] for one in answer["sizes"]]
    header = ["answers", "counting, s", "result page, s", "CSV, s", "Excel, s", "PDF, s", "highest memory, MB"]
    return f"""The 22 questions of the satisfaction survey, told apart by three groups. Counting lays every answer anew
in a drawn order, adds up and hides, once; what is shown afterwards is read from what was counted. The first page
and the first PDF also make the program ready. The memory is the whole process's, with the invented answers in it.
Calibration {answer["calibration_s"][0]} and {answer["calibration_s"][1]} s before and after.

{table(header, rows)}"""


def piloting(answer: Row) -> str:
    """How early a pilot's forecast warns, and how often falsely."""
    said = {"vague": "vague prior", "plan": "plan's prior", "both": "both: the page's warning"}
    case = [
        [
            row["day"],
            row["included"],
            said[name],
            f"{row['mean']} ({row['low']} to {row['high']})",
            f"{row['chance']:.2g}",
        ]
        for name, rows in answer["case"].items()
        for row in rows[:-1]
    ]
    drawn = [
        [
            said[name],
            f"{row['rate']:.2f}",
            row["missed"],
            row["warned"],
            row["middle_week"] or "",
            row["late_week"] or "",
            row["reached"],
            row["falsely"],
        ]
        for name, rows in answer["drawn"].items()
        for row in rows
        if name != "both" or rows != answer["drawn"]["plan"]
    ]
    head = ["forecast", "rate", "missed", "of them warned of", "middle week", "nine of ten by week", "reached"]
    head.append("of them warned of falsely")
    return f"""A pilot of 228 days with a least number of {answer["least"]}. The forecast on the case's figures:

{table(["day", "included", "forecast", "final count", "chance of the least number"], case)}
Drawn pilots, {answer["drawn_each"]:,} for each real rate (1 gives just the least number on average; the case's was
0.47, its plan's 1.8), looked at every week and warned of when the chance falls below 0.20:

{table(head, drawn)}
A rate of 1 is a toss-up, and no rule can call it early. The vague prior alone warns earliest and cries wolf most, so
the page warns, and sends letters, only when both say so; where that isn't shown apart, it is as the plan's prior.
"""


# What a peer (Hypha 6.7.0 on PostgreSQL) took for a page with the same content, and how fast the calibration loop went
# on that machine: least milliseconds of processor time, from the least and the most that the loop took.
PEER_MS, PEER_LOOPS, PEER_STATEMENTS, PEER_BYTES = 307, (136, 215), 142, 440_000


def workbench(answer: Row) -> str:
    """The secretariat's list of a round, beside a peer's."""
    page, narrowed, loops = answer["page"], answer["narrowed"], answer["calibration_ms"]
    least, most = (page["ms_least"] / min(loops) / (PEER_MS / one) for one in PEER_LOOPS)
    header = [f"60 of {answer['size']:,} applications", "least ms", "middle ms", "SQL statements", "bytes"]
    rows = [
        [name, one["ms_least"], one["ms_middle"], one["statements"], f"{one['bytes']:,}"]
        for name, one in (("the whole round", page), ("narrowed", narrowed))
    ]
    rows.append(["Hypha 6.7.0, measured apart", PEER_MS, "343 to 509", PEER_STATEMENTS, f"{PEER_BYTES:,}"])
    return f"""{table(header, rows)}
Each row shows lead, owner, status, screening labels, two assessors with what they recommend, score and number of notes;
the facets have their counts. Limits: 12 statements, 120,000 bytes, and {PEER_MS / 4:.0f} ms, a quarter of the peer's
time; ours is {page["ms_least"] / PEER_MS:.2f} of it. The peer was measured on another state of the machine, where the
calibration loop took {PEER_LOOPS[0]} to {PEER_LOOPS[1]} ms; here it took {loops[0]} and {loops[1]} ms. Counted in such
loops, ours is {least:.2f} to {most:.2f} of the peer's.
"""


def alone(script: str, *arguments: str) -> Row:
    """One measurement on data of its own."""
    print(f"Measuring: {script} {' '.join(arguments)}", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="helsevev-bench-") as folder:
        return ask(script, *arguments, folder=f"{folder}/data")


def served() -> str:
    """Requests per second of the real portfolio's pages, and of the knowledge bank's that are remembered."""
    with tempfile.TemporaryDirectory(prefix="helsevev-bench-") as folder:
        print("Measuring requests per second.", file=sys.stderr)
        ask("portfolio.py", "0", folder=f"{folder}/real")
        return serving(ask("serving.py", folder=f"{folder}/real"))


def searched() -> str:
    """Search beside its peers and stock Wagtail, at growing sizes; the same on PostgreSQL where there is one."""
    with tempfile.TemporaryDirectory(prefix="helsevev-bench-") as folder:
        print("Measuring search.", file=sys.stderr)
        judged = ask("searching.py", "quality", folder=f"{folder}/search")
        grown = [ask("searching.py", str(size), folder=f"{folder}/search") for size in TEXTS]
        stock = [str(size) for size in TEXTS if size <= STOCK_MOST]
        stocks = {"SQLite": ask("stock_search.py", *stock, folder=f"{folder}/stock")}
        if shutil.which("bash") and list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
            stocks["PostgreSQL"] = ask("stock_search.py", *stock, folder=f"{folder}/stock-postgresql", postgresql=True)
    return found.search(judged, grown, stocks)


Section = tuple[str, Callable[[], str]]
SECTIONS: Mapping[str, Section] = {
    "serving": ("## Requests per second, beside a bare page", served),
    "pricing": ("## The price model", lambda: pricing({**alone("pricing.py"), "slider": alone("slider.py")})),
    "forms": ("## Forms", lambda: forms(alone("forms.py"))),
    "search": ("## Search", searched),
    "bank": ("## The knowledge bank", lambda: found.bank([alone("knowledge.py", str(size)) for size in BANKS])),
    "workbench": ("## The workbench of a round", lambda: workbench(alone("workbench.py"))),
    "surveys": ("## Surveys", lambda: surveys(alone("surveys.py"))),
    "pilots": ("## A pilot's forecast", lambda: piloting(alone("piloting.py"))),
    "meetings": ("## Meetings", lambda: meetings(alone("meetings.py")["sizes"])),
    "visits": ("## Visits", lambda: visits(alone("visits.py"))),
    "newsletter": ("## Newsletter", lambda: newsletter(alone("newsletter.py")["sizes"])),
}


def written(heading: str, measure: Callable[[], str]) -> str:
    """A section of the report, with when it was measured and how busy the machine was when it began."""
    when = MEASURED.format(datetime.now(UTC).date(), machine())
    return f"{heading}\n\n{when}\n\n{measure().rstrip()}\n"


def renew(name: str) -> None:
    """Measure one section anew, and leave the rest of the report as it is."""
    heading, measure = SECTIONS[name]
    text, section = REPORT.read_text(encoding="utf-8"), written(heading, measure)
    start = text.find(f"{heading}\n")
    end = text.find("\n## ", start) + 1 if start >= 0 else 0
    before, after = (text[:start], text[end:] if end else "") if start >= 0 else (f"{text.rstrip()}\n\n", "")
    REPORT.write_text(f"{before}{section}{chr(10) if after else ''}{after}", encoding="utf-8")


def main(sizes: Sequence[int]) -> None:
    """Measure every size, then everything else, and write the report."""
    measured = [alone("portfolio.py", str(size)) for size in sizes]
    space = [[f"{r['size']:,}", r["peak_mb"], r["index_mb"], r["load_85_s"], r["calibration_ms"]] for r in measured]
    header = ["projects", "peak MB", "index MB", "load of the 85, s", "calibration ms, before and after"]
    first = f"""# Measurements

Written by `make bench` on {datetime.now(UTC).date()}; {machine()}.
SQLite, one process, no page cache. Times are processor time of one request through all of the product, least and
middle of 15; the calibration loop beside them (three million additions) tells how fast the machine was then, so that
two runs can be compared. The index is what counting, filtering and searching keep in the database.

## The portfolio's pages

{pages(measured)}
## Memory, index and load

{table(header, space)}"""
    REPORT.write_text("\n".join([first, *(written(*section) for section in SECTIONS.values())]), encoding="utf-8")
    print(f"Written: {REPORT.relative_to(HERE.parent)}", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) == 2 and sys.argv[1] in SECTIONS:
        renew(sys.argv[1])
    else:
        main([int(word) for word in sys.argv[1:]] or SIZES)
