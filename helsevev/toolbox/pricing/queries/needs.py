"""How the need grows: inhabitants by age, how common the illness is, and what the centre then comes to."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from helsevev.core import charts, pricing
from helsevev.core.faults import Faulty
from helsevev.core.population import Kind, Population, need
from helsevev.core.population.backtest import Missed, missed
from helsevev.core.population.needs import by_age
from helsevev.core.population.trending import trend
from helsevev.toolbox.pricing.queries.pictures import Drawn, frame

UNTIL = 2036
OLD = 65  # most who need such services are older
# A trend by cohorts missed by about this much a year when it was tried on years that have been.
TREND_ERROR = 0.0076
NORMAL = 1.96
# Heart failure by age as found in the AGES-Reykjavik study; a range to begin with, to be replaced by one's own.
BANDS = "0-39: 0 %\n40-69: 1.7 %\n70-74: 1.5 %\n75-79: 3.7 %\n80-84: 5.2 %\n85+: 7.2 %"


@dataclass(frozen=True)
class Foreseen:
    """One year (framskriving): what its inhabitants are, the eligible, the patients, and what the centre comes to."""

    year: int
    kind: str
    eligible: float
    patients: float
    low: float
    high: float
    positions: float | None
    total_nok: float | None


def foreseen(
    case: pricing.Case, known: Population, bands: Mapping[str, float], coverage: float | None
) -> list[Foreseen]:
    """Every year to 2036; the share of the ill who are eligible is such that the first year's are the case's own."""
    numbers = [one.number for one in case.municipalities]
    population = trend(known.of(numbers), UNTIL)
    found = need(population, by_age(bands))
    eligible = sum(one.eligible for one in case.municipalities)
    first = float(found.eligible[:, 0].sum()) or 1.0
    patients = sum(case.patients.values())
    rows = []
    for at, year in enumerate(found.years):
        ratio = float(found.eligible[:, at].sum()) / first
        grown = ratio if coverage is None else ratio * coverage * eligible / (patients or 1.0)
        wide = _spread(case, year - found.years[0], found.kinds[at])
        middle = patients * grown if coverage is None else eligible * ratio * coverage
        positions, total = (
            _priced(case, [float(one) for one in _growth(found.eligible, at)], grown / ratio if ratio else 0)
            if patients or not middle  # how patients lie among groups isn't known where there are none
            else (None, None)
        )
        rows.append(
            Foreseen(
                year,
                found.kinds[at].value,
                eligible * ratio,
                middle,
                middle * max(1 - wide, 0),
                middle * (1 + wide),
                positions,
                total,
            )
        )
    return rows


def _growth(eligible: object, at: int) -> list[float]:
    """How each municipality's need has grown since the first year."""
    rows = eligible.tolist()  # type: ignore[attr-defined]
    return [row[at] / row[0] if row[0] else 1.0 for row in rows]


def _spread(case: pricing.Case, years: int, kind: Kind) -> float:
    """How far off it may be, as a share: the case's own doubt about volume, and more each year of a trend."""
    law = case.uncertainty.get("volume_multiplier")
    own = law.sd / abs(law.mean) if law else 0.0
    drift = TREND_ERROR * years if kind is Kind.TREND else TREND_ERROR * years / 2
    return NORMAL * math.hypot(own if years else 0.0, drift)


def _priced(case: pricing.Case, growth: list[float], more: float) -> tuple[float | None, float | None]:
    """What the centre comes to with each municipality's patients grown; nothing where no queue holds."""
    content = case.as_dict()
    for row, factor in zip(content["municipalities"], growth, strict=True):
        row["patients"] = {name: count * factor * more for name, count in row["patients"].items()}
        row["eligible"], row["enrolments"] = row["eligible"] * factor, row["enrolments"] * factor * more
        row["discharges"] = row["discharges"] * factor * more
    try:
        answer = pricing.price(pricing.read(content))
    except Faulty:
        return None, None
    return answer.staffing.positions, answer.cost.total_nok


def tried(case: pricing.Case, known: Population) -> tuple[Missed, ...]:
    """How trends as this one would have missed among those of 65 and older; empty where it can't be tried."""
    return missed(known.of([one.number for one in case.municipalities]), from_age=OLD)


def kind_name(kind: str) -> str:
    """What a year's inhabitants are, in words."""
    return {"observed": _("Counted"), "projected": _("Projected"), "trend": _("Trend")}[kind]


def fan(drawn: Drawn, rows: list[Foreseen], source: str) -> charts.Fan:
    """The need to 2036."""
    first, last = rows[0], rows[-1]
    words = {
        "first": drawn.said(round(first.patients), 0),
        "last": drawn.said(round(last.patients), 0),
        "low": drawn.said(round(last.low), 0),
        "high": drawn.said(round(last.high), 0),
        "year": last.year,
    }
    title = _("From %(first)s patients to %(last)s in %(year)s, between %(low)s and %(high)s") % words
    years = tuple(
        charts.Year(
            f"{row.year}" if row.kind != "trend" else f"{row.year}*",
            row.low,
            row.patients,
            row.high,
            row.kind == "observed",
        )
        for row in rows
    )
    trended = any(row.kind == "trend" for row in rows)
    note = _("* A trend, not Statistics Norway's projection.") if trended else ""
    heads = (_("Year"), _("Low"), _("Patients"), _("High"))
    counted = _("Inhabitants: %(population_source)s.") % {"population_source": source}
    made = frame(drawn, "need", title, heads, f"{note} {counted}".strip())
    return charts.Fan(**made, years=years)  # type: ignore[arg-type]
