"""Whether contacts come by chance alone, against a published example, drawn series and hand counts."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
import pytest
from pricing_cases import small
from scipy.stats import chi2

from helsevev.core.faults import Faulty
from helsevev.core.pricing import read
from helsevev.core.pricing.arrivals import arrivals, measured, times
from helsevev.core.pricing.case import Case

MONDAY = datetime(2026, 3, 2)  # noqa: DTZ001 - local time, as the centre reads its clock


def case() -> Case:
    return read(small())


def moments(counts: Sequence[Sequence[int]]) -> list[datetime]:
    """So many contacts in each opening hour from eight o'clock, workday by workday."""
    found = []
    for at, row in enumerate(counts):
        day = MONDAY + timedelta(days=at // 5 * 7 + at % 5)
        for hour, count in enumerate(row):
            found += [day.replace(hour=8 + hour, minute=at % 60, second=second) for second in range(count)]
    return found


def test_the_index_of_dispersion_by_hand() -> None:
    """Ten days with 2, 4, 4, 4, 5, 5, 7, 9, 5, 5: mean 5, Σ(x − 5)² = 32, so D = 6.4 at nine degrees of freedom."""
    hours = len(case().centre.hourly_contact_profile)
    counts = [[one] + [1] * (hours - 1) for one in (2, 4, 4, 4, 5, 5, 7, 9, 5, 5)]
    found = arrivals(case(), moments(counts))
    first = found.hours[0]
    assert (found.days, first.mean, first.busy_day) == (10, 5.0, 9.0)
    assert first.variance == pytest.approx(32 / 9)
    assert first.ratio == pytest.approx(32 / 45)
    assert first.chance == pytest.approx(chi2.sf(6.4, 9))
    assert not first.is_clustered
    assert first.share == pytest.approx(50 / (50 + 10 * (hours - 1)))


def test_chance_alone_is_seldom_called_clustered_and_clusters_nearly_always() -> None:
    """Poisson counts, and counts whose rate varies from day to day as a gamma: variance 5 + 5²/2, so a ratio of 3.5."""
    chance = np.random.default_rng(1)
    hours = len(case().centre.hourly_contact_profile)
    plain = arrivals(case(), moments(chance.poisson(5, (120, hours)).tolist()))
    rates = chance.gamma(2, 2.5, (120, 1)) * np.ones((1, hours))
    mixed = arrivals(case(), moments(chance.poisson(rates).tolist()))
    assert plain.clustered == ()
    assert len(mixed.clustered) == hours
    assert all(2 < (hour.ratio or 0) < 5.5 for hour in mixed.hours)
    assert all(hour.agents_on_busy_days >= hour.agents for hour in mixed.hours)
    assert sum(hour.agents_on_busy_days - hour.agents for hour in mixed.hours) > 0


def test_the_measured_day_is_one_that_a_case_takes() -> None:
    source = small()
    hours = len(source["centre"]["hourly_contact_profile"])
    found = arrivals(case(), moments([[3] * hours] * 7 + [[1] + [2] * (hours - 1)] * 5))
    source["centre"]["hourly_contact_profile"] = measured(found)
    assert sum(measured(found)) == pytest.approx(1, abs=1e-12)
    assert read(source).centre.hourly_contact_profile == tuple(measured(found))


def test_days_without_a_contact_count_and_hours_outside_are_told() -> None:
    lines = ["time,what"] + [f"2026-03-{day:02}T08:15:00,alarm" for day in range(2, 7)]
    lines += [f'"2026-03-{day:02} 09:30";x' for day in range(9, 14)] + ["2026-03-20 23:00", ""]
    found = arrivals(case(), times(lines))
    assert (found.days, found.contacts, found.outside) == (10, 10, 1)
    gap = arrivals(case(), times([*lines, "2026-03-20 08:00"]))
    assert gap.days == 15, "from the 16th to the 19th nobody called"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["2026-03-02 08:00", "yesterday"], "line 2: 'yesterday' is not a point in time"),
        (["2026-03-02 08:00"] * 3, "has 1 days with contacts. At least 10"),
        (["2026-03-02 23:00"], "No contact lies within the opening hours"),
        ([], "No contact lies within the opening hours"),
    ],
)
def test_what_says_nothing_is_refused(lines: list[str], said: str) -> None:
    with pytest.raises(Faulty) as refused:
        arrivals(case(), times(lines))
    assert said in " ".join(str(fault) for fault in refused.value.faults)
