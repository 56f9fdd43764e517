"""The price model, measured in a process of its own: prints one JSON object.

    python benchmarks/pricing.py              10,000 draws, the sheet among the peers
    python benchmarks/pricing.py 2000         fewer draws, for a quick look

Times are the process's own processor time, least and middle of several. The peers reckon the same case with the same
draws (the sheet draws its own): all means must agree, or nothing is printed.
"""

import json
import math
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pricing_sheet

from helsevev.core.population.needs import need
from helsevev.core.population.people import AGES, Kind, Population
from helsevev.core.pricing import price, read
from helsevev.core.pricing.case import Case
from helsevev.core.pricing.fairness import fairness
from helsevev.core.pricing.uncertainty import tornado, uncertainty

EXAMPLE = Path(__file__).resolve().parent.parent / "tests" / "core" / "pricing" / "example.json"
PARTNERS = 10
REPEATS = 31


def case(partners: int = PARTNERS, scale: int = 6) -> Case:
    """The illustrative case with so many partners, and so many times its patients."""
    source = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    rows = source["municipalities"]
    source["municipalities"] = [
        rows[at % len(rows)]
        | {"number": f"{9000 + at}", "patients": {k: n * scale for k, n in rows[at % len(rows)]["patients"].items()}}
        | {"eligible": rows[at % len(rows)]["eligible"] * scale * (1 + at % 3 / 10)}
        | {"enrolments": rows[at % len(rows)]["enrolments"] * scale}
        for at in range(partners)
    ]
    each = source["centre"]["fixed_nok_per_municipality_per_year"]
    source["uncertainty"]["fixed_nok_total"]["mean"] = source["centre"]["fixed_nok_per_year"] + partners * each
    return read(source)


def spent(work: Callable[[], object], repeats: int = REPEATS) -> dict[str, float]:
    """Processor milliseconds of some work after one warm-up: least and middle."""
    work()
    times = []
    for _again in range(repeats):
        start = time.process_time()
        work()
        times.append(1000 * (time.process_time() - start))
    return {"ms_least": round(min(times), 2), "ms_middle": round(statistics.median(times), 2)}


def agents(load: float, handling: float, priced: Case) -> int:
    """The fewest agents, as plain Python finds them."""
    goal, blocked, count = priced.centre.service_target, 1.0, 0
    while True:
        count += 1
        blocked = load * blocked / (count + load * blocked)
        if count < priced.centre.min_agents or count <= load or load / count > priced.centre.max_occupancy:
            continue
        waits = blocked / (1 - load / count * (1 - blocked))
        if 1 - waits * math.exp(-(count - load) * goal.within_minutes / handling) >= goal.share:
            return count


def one_draw(priced: Case, at: Mapping[str, float]) -> list[float]:
    """One draw of the whole model in plain Python: total, positions, and every bill."""
    centre, staff, days = priced.centre, priced.staff, priced.centre.workdays_per_year
    patients = {group: count * at["volume_multiplier"] for group, count in priced.patients.items()}
    handling = at["handling_minutes"]
    rates = {g.id: g.contacts_per_workday * at["contact_rate_multiplier"] for g in priced.groups}
    contacts = sum(rates[group] * count for group, count in patients.items())
    loads = [contacts * share * handling / 60 for share in centre.hourly_contact_profile]
    opened = sum(agents(load, handling, priced) for load in loads) * days
    busy = contacts * handling / 60 * days
    minutes = {
        g.id: g.review_minutes_per_workday * at["review_multiplier"] * days / 12
        + g.calls_per_month * at["call_minutes"]
        + at["coordination_minutes_per_patient_month"]
        for g in priced.groups
    }
    enrolments = sum(m.enrolments for m in priced.municipalities) * at["volume_multiplier"]
    discharges = sum(m.discharges for m in priced.municipalities) * at["volume_multiplier"]
    events = enrolments * at["enrolment_minutes"] + discharges * priced.activities.discharge_minutes
    worked = (sum(12 * count * minutes[group] for group, count in patients.items()) + events) / 60
    count = len(priced.municipalities)
    fixed = centre.fixed_hours_per_month * 12
    meetings = count * centre.meeting_minutes_per_municipality_per_month / 5
    idle = opened - busy
    deferrable = worked + fixed + meetings
    readiness = idle - min(deferrable, at["absorption_share"] * idle)
    present = (staff.gross_hours - staff.holiday_hours - staff.public_holiday_hours) * (1 - at["sick_share"])
    capacity = (present - staff.training_hours) * (1 - at["indirect_share"])
    loaded = at["salary_nok"] * (1 + staff.pension_share) * (1 + staff.employer_tax_share)
    hour = (loaded + staff.overhead_nok) / capacity
    licence, equipment = at["licence_nok_per_patient_month"], priced.prices.equipment_nok_per_enrolment
    volume = hour * (worked + busy) + licence * 12 * sum(patients.values()) + equipment * enrolments
    pools = [volume, hour * readiness, hour * fixed + at["fixed_nok_total"], hour * meetings]
    prices = {g: hour * (minutes[g] + rates[g] * days / 12 * handling) / 60 + licence for g in patients}
    events_nok = (hour * at["enrolment_minutes"] / 60 + equipment, hour * priced.activities.discharge_minutes / 60)
    adults = sum(m.adults for m in priced.municipalities)
    eligible = sum(m.eligible for m in priced.municipalities)
    alpha = priced.fixed_equal_share
    bills = [
        pools[2] * (alpha / count + (1 - alpha) * m.adults / adults)
        + pools[3] / count
        + pools[1] * m.eligible / eligible
        + at["volume_multiplier"]
        * (
            sum(12 * m.patients[g] * prices[g] for g in prices)
            + m.enrolments * events_nok[0]
            + m.discharges * events_nok[1]
        )
        for m in priced.municipalities
    ]
    return [sum(pools), (busy + deferrable + readiness) / capacity, *bills]


def looped(priced: Case, inputs: Mapping[str, Any]) -> list[float]:
    """The means of all draws by a plain loop."""
    columns = {name: values.tolist() for name, values in inputs.items()}
    size = len(next(iter(columns.values())))
    rows = [one_draw(priced, {name: values[at] for name, values in columns.items()}) for at in range(size)]
    return [math.fsum(column) / size for column in zip(*rows, strict=True)]


def by_pandas(priced: Case, inputs: Mapping[str, Any], wanted: list[float]) -> dict[str, Any]:
    """Row by row in pandas, where it is installed; its means must be those of the others."""
    try:
        import pandas as pd  # noqa: PLC0415 - no dependency of ours
    except ModuleNotFoundError:
        return {"measured": False, "why": "pandas isn't installed"}
    frame = pd.DataFrame(dict(inputs))

    def means() -> "pd.Series[float]":
        return frame.apply(lambda row: pd.Series(one_draw(priced, row)), axis=1).mean()

    found = means()
    assert np.allclose(found, wanted, rtol=1e-9), "pandas and NumPy differ"
    return {"measured": True, "mean_total": float(found[0]), **spent(means, repeats=1)}


def peers(draws: int) -> dict[str, Any]:
    """The same draws by NumPy, by a loop, by pandas; and a sheet's own draws. Means must agree."""
    priced = case()
    spread = uncertainty(priced, draws, 1)
    inputs = spread.samples.inputs
    by_loop = looped(priced, inputs)
    wanted = [spread.total_nok.mean, spread.positions.mean, *(row.spread.mean for row in spread.municipalities)]
    assert np.allclose(by_loop, wanted, rtol=1e-9), "the loop and NumPy differ"
    sheet = pricing_sheet.measure(priced, draws)
    if sheet["measured"]:
        error = spread.total_nok.sd * math.sqrt(2 / draws)
        off = abs(float(str(sheet["mean_total"])) - spread.total_nok.mean) / error
        assert off < 4.5, f"the sheet's mean is {off:.1f} standard errors off"
        sheet["standard_errors_off"] = round(off, 2)
    return {
        "draws": draws,
        "mean_total": spread.total_nok.mean,
        "numpy": spent(lambda: uncertainty(priced, draws, 1)),
        "loop": spent(lambda: looped(priced, inputs), repeats=3),
        "pandas": by_pandas(priced, inputs, wanted),
        "sheet": sheet,
    }


def growth() -> list[dict[str, Any]]:
    """Time and memory as draws and partners grow."""
    found = []
    for draws, partners in ((1_000, 10), (10_000, 10), (100_000, 10), (10_000, 50), (10_000, 200)):
        priced = case(partners)
        tracemalloc.start()
        uncertainty(priced, draws, 1)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        timed = spent(lambda: uncertainty(priced, draws, 1), repeats=5)  # noqa: B023 - called at once
        found.append({"draws": draws, "partners": partners, "peak_mb": round(peak / 1e6, 1), **timed})
    return found


def coalitions() -> dict[str, Any]:
    """All coalitions of ten partners, and drawn orders of two hundred with their error."""
    ten, many = case(10), case(200, scale=1)
    drawn = fairness(many)
    worst = max(row.standard_error_nok / row.shapley_nok for row in drawn.rows)
    return {
        "ten": {"coalitions": fairness(ten).coalitions + 1, **spent(lambda: fairness(ten))},
        "two_hundred": {
            "permutations": drawn.permutations,
            "largest_error_of_value": round(worst, 4),
            **spent(lambda: fairness(many), repeats=3),
        },
    }


def people() -> dict[str, Any]:
    """357 municipalities, 15 years, 106 ages."""
    counts = np.random.default_rng(1).uniform(0, 500, (357, 15, AGES))
    years = tuple(range(2026, 2041))
    numbers = tuple(f"{1000 + at}" for at in range(357))
    population = Population(numbers, years, counts, (Kind.OBSERVED,) * 15)
    return spent(lambda: need(population, np.full(AGES, 0.05), share=0.5, coverage=0.4))


def main(draws: int) -> None:
    """Measure and tell."""
    priced = case()
    whole = {
        "peers": peers(draws),
        "growth": growth(),
        "price": spent(lambda: price(priced)),
        "tornado": spent(lambda: tornado(priced, draws), repeats=5),
        "coalitions": coalitions(),
        "population": people(),
    }
    print(json.dumps(whole))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
