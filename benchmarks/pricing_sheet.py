"""The price model as a spreadsheet with a row for each draw, and what LibreOffice Calc takes to reckon it.

Every row draws the thirteen inputs by inverse functions of RAND(), finds the staffing of eight opening hours by Erlang
B and C in cells, and reckons total, positions and all bills. The time is the processor time of loading it with
"recalculate always", less that of loading the same sheet with a constant for each RAND() and "never recalculate":
what is left is the hard recalculation.
"""

import io
import math
import os
import resource
import shutil
import subprocess
import tempfile
import time
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from helsevev.core.pricing.case import Case, Law

MOST_AGENTS = 8
ALWAYS, NEVER = 0, 1
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>{mode}</value></prop></item></oor:items>
"""


def drawn(law: Law) -> str:
    """A draw of a law as a cell."""
    mean, sd = law.mean, law.sd
    if law.law == "gamma":
        shape = (mean / sd) ** 2
        return f"GAMMAINV(RAND(),{shape!r},{mean / shape!r})"
    if law.law == "lognormal":
        spread = math.log1p((sd / mean) ** 2)
        return f"LOGINV(RAND(),{math.log(mean) - spread / 2!r},{math.sqrt(spread)!r})"
    if law.law == "beta":
        size = mean * (1 - mean) / sd**2 - 1
        return f"BETAINV(RAND(),{mean * size!r},{(1 - mean) * size!r})"
    return f"NORMINV(RAND(),{mean!r},{sd!r})"


class Columns:
    """Names of columns, given out one after the other."""

    def __init__(self) -> None:
        """Begin at the first."""
        self.formulas: list[str] = []
        self.names: dict[str, str] = {}

    def add(self, name: str, text: str) -> str:
        """A column of the row, and how formulas name it; `{row}` is filled in later."""
        self.formulas.append(text)
        self.names[name] = f"{xl_col_to_name(len(self.formulas) - 1)}{{row}}"
        return self.names[name]


def columns(case: Case) -> Columns:
    """The whole model of one draw, column by column."""
    made = Columns()
    for name, law in case.uncertainty.items():
        made.add(name, drawn(law))
    at = made.names
    volume, days = at["volume_multiplier"], case.centre.workdays_per_year
    patients = case.patients
    contacts = sum(group.contacts_per_workday * patients[group.id] for group in case.groups)
    made.add("contacts", f"{contacts!r}*{at['contact_rate_multiplier']}*{volume}")
    for place, share in enumerate(case.centre.hourly_contact_profile):
        _hour(made, case, place, share)
    agents = "+".join(at[f"agents{place}"] for place in range(len(case.centre.hourly_contact_profile)))
    made.add("open", f"({agents})*{days!r}")
    made.add("busy", f"{at['contacts']}*{at['handling_minutes']}/60*{days!r}")
    made.add("idle", f"{at['open']}-{at['busy']}")
    _cost(made, case)
    return made


def _hour(made: Columns, case: Case, place: int, share: float) -> None:
    """One opening hour: load, Erlang B agent by agent, and the fewest agents that meet the target."""
    at, centre, goal = made.names, case.centre, case.centre.service_target
    load = made.add(f"load{place}", f"{at['contacts']}*{share!r}*{at['handling_minutes']}/60")
    before, tests = "1", ""
    for agents in range(1, MOST_AGENTS + 1):
        now = made.add(f"blocked{place}.{agents}", f"{load}*{before}/({agents}+{load}*{before})")
        left = f"EXP(-({agents}-{load})*{goal.within_minutes!r}/{at['handling_minutes']})"
        answered = f"1-{now}/(1-{load}/{agents}*(1-{now}))*{left}>={goal.share!r}"
        met = f"IF({agents}<={load},0,IF({load}/{agents}>{centre.max_occupancy!r},0,IF({answered},1,0)))"
        if agents >= centre.min_agents:
            tests += f"IF({met}=1,{agents},"
        before = now
    made.add(f"agents{place}", tests + "NA()" + ")" * (MOST_AGENTS - max(0, centre.min_agents - 1)))


def _cost(made: Columns, case: Case) -> None:
    """Hours, pools, prices and bills."""
    at, staff, centre = made.names, case.staff, case.centre
    volume, months = at["volume_multiplier"], centre.workdays_per_year / 12
    for place, group in enumerate(case.groups):
        review = f"{group.review_minutes_per_workday * months!r}*{at['review_multiplier']}"
        calls = f"{group.calls_per_month!r}*{at['call_minutes']}"
        made.add(f"minutes{place}", f"{review}+{calls}+{at['coordination_minutes_per_patient_month']}")
    worked = "+".join(
        f"{12 * case.patients[group.id]!r}*{at[f'minutes{place}']}" for place, group in enumerate(case.groups)
    )
    enrolled = sum(m.enrolments for m in case.municipalities)
    discharging = sum(m.discharges for m in case.municipalities) * case.activities.discharge_minutes
    events = f"{enrolled!r}*{at['enrolment_minutes']}+{discharging!r}"
    made.add("patient", f"({worked}+{events})*{volume}/60")
    count = len(case.municipalities)
    fixed_hours = centre.fixed_hours_per_month * 12
    meetings = count * centre.meeting_minutes_per_municipality_per_month / 5
    made.add("deferrable", f"{at['patient']}+{fixed_hours + meetings!r}")
    made.add("readiness", f"{at['idle']}-MIN({at['deferrable']},{at['absorption_share']}*{at['idle']})")
    present = staff.gross_hours - staff.holiday_hours - staff.public_holiday_hours
    made.add("capacity", f"({present!r}*(1-{at['sick_share']})-{staff.training_hours!r})*(1-{at['indirect_share']})")
    made.add("positions", f"({at['busy']}+{at['deferrable']}+{at['readiness']})/{at['capacity']}")
    loaded = (1 + staff.pension_share) * (1 + staff.employer_tax_share)
    made.add("hour", f"({at['salary_nok']}*{loaded!r}+{staff.overhead_nok!r})/{at['capacity']}")
    licences = f"12*{sum(case.patients.values())!r}*{volume}*{at['licence_nok_per_patient_month']}"
    equipment = f"{enrolled * case.prices.equipment_nok_per_enrolment!r}*{volume}"
    made.add("pool_volume", f"{at['hour']}*({at['patient']}+{at['busy']})+{licences}+{equipment}")
    made.add("pool_readiness", f"{at['hour']}*{at['readiness']}")
    made.add("pool_fixed", f"{at['hour']}*{fixed_hours!r}+{at['fixed_nok_total']}")
    made.add("pool_municipal", f"{at['hour']}*{meetings!r}")
    pools = "+".join(at[f"pool_{name}"] for name in ("volume", "readiness", "fixed", "municipal"))
    made.add("total", pools)
    for place, group in enumerate(case.groups):
        answering = f"{group.contacts_per_workday * months!r}*{at['contact_rate_multiplier']}*{at['handling_minutes']}"
        price = f"{at['hour']}*({at[f'minutes{place}']}+{answering})/60+{at['licence_nok_per_patient_month']}"
        made.add(f"price{place}", price)
    adults = sum(m.adults for m in case.municipalities)
    eligible = sum(m.eligible for m in case.municipalities)
    for partner in case.municipalities:
        part = case.fixed_equal_share / count + (1 - case.fixed_equal_share) * partner.adults / adults
        used = "+".join(
            f"{12 * partner.patients[group.id]!r}*{at[f'price{place}']}" for place, group in enumerate(case.groups)
        )
        enrolment = f"({at['hour']}*{at['enrolment_minutes']}/60+{case.prices.equipment_nok_per_enrolment!r})"
        discharge = f"{partner.discharges * case.activities.discharge_minutes / 60!r}*{at['hour']}"
        made.add(
            f"bill{partner.number}",
            f"{at['pool_fixed']}*{part!r}+{at['pool_municipal']}/{count}"
            f"+{at['pool_readiness']}*{partner.eligible / eligible!r}"
            f"+{volume}*({used}+{partner.enrolments!r}*{enrolment}+{discharge})",
        )


def write(case: Case, draws: int, file: Path, chance: str = "RAND()") -> int:
    """Write the sheet: first a sheet with the means, then a row for each draw. Answers how many formulas it has.

    Rows differ in their number alone, so they are written as copies of one, without a value that stood there before.
    """
    made = columns(case)
    frame = io.BytesIO()
    book = xlsxwriter.Workbook(frame)
    answer, rows = book.add_worksheet("Answer"), book.add_worksheet("Draws")
    for place, name in enumerate(("total", "positions")):
        column = made.names[name].removesuffix("{row}")
        answer.write_formula(0, place, f"=AVERAGE(Draws!{column}1:{column}{draws})")
    rows.write_number(0, 0, 0)
    book.close()
    cells = "".join(
        f'<c r="{xl_col_to_name(at)}{{row}}"><f>{escape(text.replace("RAND()", chance))}</f></c>'
        for at, text in enumerate(made.formulas)
    )
    lines = "".join(f'<row r="{{row}}">{cells}</row>'.replace("{row}", str(row)) for row in range(1, draws + 1))
    with zipfile.ZipFile(frame) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for part in old.namelist():
            held = old.read(part)
            if part.endswith("sheet2.xml"):
                text = held.decode()
                start, end = text.index("<sheetData>"), text.index("</sheetData>")
                held = f"{text[:start]}<sheetData>{lines}{text[end:]}".encode()
            new.writestr(part, held)
    return draws * len(made.formulas)


def converted(file: Path, mode: int, folder: Path) -> tuple[float, float, list[float]]:
    """Load a workbook and write its first sheet: processor seconds, seconds by the clock, and its numbers."""
    profile = folder / f"profile{mode}"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE.format(mode=mode), encoding="utf-8")
    words = [str(calc()), f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "csv"]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [*words, "--outdir", str(folder), str(file)],
        check=True,
        capture_output=True,
        env=os.environ | {"HOME": str(folder)},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    first = (folder / f"{file.stem}.csv").read_text(encoding="utf-8").splitlines()[0]
    return spent, time.perf_counter() - start, [float(cell) for cell in first.split(",")]


def calc() -> str | None:
    """LibreOffice, where there is one."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def measure(case: Case, draws: int) -> dict[str, object]:
    """What the sheet takes to recalculate, and the means that it comes to."""
    if not calc():
        return {"measured": False, "why": "LibreOffice isn't installed (libreoffice-calc-nogui)"}
    with tempfile.TemporaryDirectory(prefix="helsevev-sheet-") as name:
        folder = Path(name)
        file = folder / "draws.xlsx"
        formulas = write(case, draws, file)
        still = folder / "still.xlsx"
        write(case, draws, still, chance="0.5")
        small = folder / "small.xlsx"
        write(case, 1, small)
        for mode in (NEVER, ALWAYS):
            converted(small, mode, folder)  # the first start makes the profile
        opening, _clock, _values = converted(still, NEVER, folder)
        spent, clock, means = converted(file, ALWAYS, folder)
        return {
            "measured": True,
            "draws": draws,
            "formulas": formulas,
            "megabytes": round(file.stat().st_size / 1e6, 1),
            "opening_cpu_s": round(opening, 2),
            "all_clock_s": round(clock, 2),
            "recalculation_cpu_s": round(spent - opening, 2),
            "mean_total": means[0],
            "mean_positions": means[1],
        }
