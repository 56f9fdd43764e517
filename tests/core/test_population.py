"""Tables of inhabitants, ended numbers, trend and need, against hand counts and second methods."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helsevev.core.faults import Faulty
from helsevev.core.population import codes, people, reading, trending
from helsevev.core.population.needs import by_age, need
from helsevev.core.population.people import AGES, Kind, Population


def table(
    years: tuple[int, ...] = (2026,), numbers: tuple[str, ...] = ("9001", "9002"), each: float = 10
) -> Population:
    """Invented municipalities with as many of every age."""
    shape = (len(numbers), len(years), AGES)
    return Population(numbers, years, np.full(shape, float(each)), (Kind.OBSERVED,) * len(years), "Test")


def plain(rows: dict[str, float], header: str = "number,age,population") -> bytes:
    """Our own CSV, all ages alike."""
    lines = [f"{number},{age},{count}" for number, count in rows.items() for age in range(AGES)]
    return "\n".join([header, *lines]).encode()


def json_stat(contents: dict[str, str], values: Any, ages: list[str] | None = None) -> dict[str, Any]:
    """A table as Statistics Norway's interface answers it: region, sex, age, contents, year."""
    ages = ages or [f"{age:03}" for age in range(105)] + ["105+"]
    dimension = {
        "Region": {"category": {"index": {"0": 0, "9001": 1}, "label": {"0": "Landet", "9001": "Testvik"}}},
        "Kjonn": {"category": {"index": {"1": 0, "2": 1}, "label": {"1": "Menn", "2": "Kvinner"}}},
        "Alder": {"category": {"index": {code: at for at, code in enumerate(ages)}, "label": {}}},
        "ContentsCode": {"category": {"index": {c: at for at, c in enumerate(contents)}, "label": contents}},
        "Tid": {"category": {"index": ["2026", "2027"], "label": {}}},
    }
    return {
        "version": "2.0",
        "class": "dataset",
        "label": "14288: Framskrevet folkemengde",
        "id": list(dimension),
        "size": [2, 2, len(ages), len(contents), 2],
        "dimension": dimension,
        "value": values,
    }


def test_need_is_the_sum_over_ages() -> None:
    """Hand count: 10 of each age, 65 to 105 are 41 ages, 6 % of them, half of whom it suits."""
    found = need(table(), by_age({"0-64": 0, "65+": 0.06}), share=0.5, coverage=0.4)
    assert found.eligible == pytest.approx(np.full((2, 1), 10 * 41 * 0.06 * 0.5))
    assert found.planned[0, 0] == pytest.approx(4.92)
    assert found.by_number(2026) == pytest.approx({"9001": 12.3, "9002": 12.3})


@given(st.lists(st.floats(0, 1), min_size=AGES, max_size=AGES), st.integers(1, 5), st.integers(1, 4))
@settings(max_examples=15)
def test_need_is_a_plain_loop(rates: list[float], places: int, years: int) -> None:
    counts = np.arange(places * years * AGES, dtype=float).reshape(places, years, AGES)
    numbers = tuple(f"900{at}" for at in range(places))
    population = Population(numbers, tuple(range(2026, 2026 + years)), counts, (Kind.OBSERVED,) * years)
    found = need(population, rates).eligible
    for place in range(places):
        for year in range(years):
            looped = sum(counts[place, year, age] * rates[age] for age in range(AGES))
            assert found[place, year] == pytest.approx(looped)


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ({"0-64": 0}, "ages 65-105 have no prevalence"),
        ({"0-70": 0, "65+": 0.1}, "age 65 stands in two bands"),
        ({"0-105": 0, "old": 1}, "'old' is not a band"),
        ({"70-60": 0}, "is not a band"),
    ],
)
def test_bands_that_leave_out_or_repeat_ages_are_refused(bands: dict[str, float], said: str) -> None:
    with pytest.raises(Faulty, match=said):
        by_age(bands)


@pytest.mark.parametrize(
    ("rates", "share", "said"),
    [
        ([0.1] * 100, 1.0, "ages 100-105 have no prevalence"),
        ([0.1] * 105 + [1.2], 1.0, "at most 1, is 1.2"),
        ([0.1] * AGES, -0.5, "at most 1, is -0.5"),
        ([float("nan")] * AGES, 1.0, "at most 1, is nan"),
    ],
)
def test_prevalence_that_cannot_be_is_refused(rates: list[float], share: float, said: str) -> None:
    with pytest.raises(Faulty, match=said):
        need(table(), rates, share)


def test_a_merged_municipality_says_what_it_is_now() -> None:
    """Facts of Statistics Norway: Ski (0213) is Nordre Follo; Viken's 3020 was it too; Ålesund and Tysfjord divided."""
    assert codes.current("0213") == ("3207",)
    assert codes.current("3020") == ("3207",)
    assert codes.current("1507") == ("1508", "1580")
    assert codes.current("1850") == ("1806", "1875")
    assert codes.current("0301") == ("0301",)
    with pytest.raises(Faulty, match="0213 has ended; its people are counted in 3207"):
        table().of(["9001", "0213"])
    with pytest.raises(Faulty, match="no figures for municipality '9999'"):
        table().of(["9999"])


def test_every_ended_number_leads_to_one_that_stands() -> None:
    standing = {number for found in codes.all_ended().values() for number in found.now}
    assert not standing & set(codes.all_ended())
    assert len(codes.all_ended()) > 450


def test_old_numbers_are_added_to_what_took_over() -> None:
    """Ski and Oppegård became Nordre Follo; rows of zeros are numbers that weren't in use."""
    rows = table(numbers=("0213", "0217", "3207", "9001"))
    rows.people[2] = 0
    found = people.on_todays_borders(rows)
    assert found.numbers == ("3207", "9001")
    assert found.people[0, 0, 40] == 20
    empty = table(numbers=("1850", "9001"))
    empty.people[0] = 0
    assert people.on_todays_borders(empty).numbers == ("9001",)
    with pytest.raises(Faulty, match="1850 was divided between 1806, 1875"):
        people.on_todays_borders(table(numbers=("1850",)))


def test_plain_csv_is_read_whole() -> None:
    found = reading.read(plain({"9001": 3, "9002": 5}), year=2026)
    assert found.numbers == ("9001", "9002")
    assert found.kinds == (Kind.OBSERVED,)
    assert found.adults(2026) == {"9001": 3 * 88, "9002": 5 * 88}


def test_a_download_with_sexes_counties_and_a_column_for_each_year_is_read() -> None:
    """As PxWeb writes CSV: a title, then semicolons or commas, ages in words."""
    rows = ['"07459: Befolkning"', "", '"region";"kjønn";"alder";"Personer 2025";"Personer 2026"']
    for region in ("9001 Testvik", "31 Østfold"):
        for sex in ("Menn", "Kvinner"):
            rows += [f'"{region}";"{sex}";"{age} år";"{age}";"2"' for age in range(105)]
            rows.append(f'"{region}";"{sex}";"105 år eller eldre";"7";"1"')
    for encoding in ("utf-8-sig", "cp1252"):
        found = reading.read("\n".join(rows).encode(encoding))
        assert found.numbers == ("9001",)
        assert found.years == (2025, 2026)
        assert found.people[0, 0, [40, 105]].tolist() == [80, 14]
        assert found.people[0, 1, [40, 105]].tolist() == [4, 2]


def test_json_stat_is_read_in_its_own_order_and_says_that_it_is_projected() -> None:
    size = 2 * 2 * AGES * 1 * 2
    whole = json_stat({"Personer": "Personer"}, list(range(size)))
    found = reading.read(json.dumps(whole).encode())
    assert found.numbers == ("9001",)
    assert found.kinds == (Kind.PROJECTED, Kind.PROJECTED)
    # Second method: NumPy's own order of the same five dimensions.
    values = np.arange(size).reshape(2, 2, AGES, 1, 2)
    assert np.array_equal(found.people[0], values[1, :, :, 0].sum(axis=0).T)


def test_of_several_projections_the_main_one_or_the_one_asked_for_is_read() -> None:
    contents = {"Personer": "Hovedalternativet (MMMM)", "Personer1": "Lav vekst (LLML)"}
    values = np.zeros((2, 2, AGES, 2, 2))
    values[..., 0, :], values[..., 1, :] = 4, 3
    raw = json.dumps(json_stat(contents, values.ravel().tolist())).encode()
    assert reading.read(raw).people[0, 0, 5] == 8
    assert reading.read(raw, series="Lav vekst (LLML)").people[0, 0, 5] == 6
    with pytest.raises(Faulty, match="several series: Hovedalternativet"):
        reading.read(raw, series="Høy")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "isn't a table of inhabitants"),
        (b"{}", "isn't a table of inhabitants"),
        (b'{"dimension": {}, "id": ["Region"], "value": []}', "isn't a table"),
        (b"a,b,c\n1,2,3\n", "no column for region. The columns are: a, b, c"),
        (plain({"9001": 3}).replace(b"9001,7,3\n", b""), "9001 has no figures for 2026 at ages 7"),
        (plain({"9001": 3}).replace(b"9001,7,3", b"9001,7,many"), "'many' is not a number of people"),
        (plain({"9001": 3}).replace(b"9001,7,3", b"9001,7,-3"), "'-3' is not a number of people"),
        (plain({"9001": 3}).replace(b"9001,7,3", b"9001,6,3"), "figures for 2026 and age 6 twice"),
        (plain({"9001": 3}).replace(b"9001,7,3", b"9001,0-17,3"), "'0-17' is not an age"),
        (plain({"9001": 3}).replace(b"9001,7,3", b"9001,all,3"), "'all' is not an age"),
    ],
)
def test_a_table_that_lacks_or_repeats_is_refused(raw: bytes, said: str) -> None:
    with pytest.raises(Faulty, match=said):
        reading.read(raw, year=2026)


def test_a_trend_of_one_year_is_labelled_and_only_grows_older() -> None:
    before = table()
    found = trending.trend(before, 2036)
    assert found.years == tuple(range(2026, 2037))
    assert found.kinds == (Kind.OBSERVED, *[Kind.TREND] * 10)
    assert found.last_known == 2026
    assert trending.AGEING in found.source
    alive = 1 - trending.deaths()
    # Second method: one cohort by hand; those of 60 are 70 ten years later.
    assert found.year(2036)[0, 70] == pytest.approx(10 * np.prod(alive[60:70]))
    assert trending.trend(found, 2030) is found
    assert trending.observed_only(found).years == (2026,)


def test_the_rough_law_of_mortality_meets_its_two_ages() -> None:
    assert trending.deaths()[[65, 90]] == pytest.approx([0.0085, 0.15])
    assert (np.diff(trending.deaths()) >= 0).all()


def test_cohorts_that_did_not_change_go_on_as_they_are() -> None:
    """Hamilton and Perry: five years apart and alike, so every change is 1 below the open group."""
    found = trending.trend(table((2021, 2026), each=100), 2031)
    assert trending.COHORTS in found.source
    assert found.year(2031)[0, :95] == pytest.approx(np.full(95, 100))


def test_a_cohort_that_grew_by_a_tenth_grows_by_a_tenth_again() -> None:
    """Those of 40 to 44 were 500 in 2021 and are 550 as 45 to 49: the next 40 to 44 become a tenth more too."""
    two = table((2021, 2026), each=100)
    two.people[:, 1, 45:50] = 110
    found = trending.trend(two, 2031)
    assert found.year(2031)[0, 45:50] == pytest.approx(np.full(5, 110))
    halfway = trending.trend(two, 2028).year(2028)[0, 45]
    assert halfway == pytest.approx(110)


def test_a_projection_takes_over_where_it_begins() -> None:
    counted = table((2026,), each=10)
    projected = Population(("9002", "9001"), (2026, 2027), np.full((2, 2, AGES), 11.0), (Kind.PROJECTED,) * 2, "SSB")
    both = people.joined(counted, projected)
    assert both.kinds == (Kind.OBSERVED, Kind.PROJECTED)
    assert both.year(2026)[0, 0] == 10
    assert both.year(2027)[0, 0] == 11
    with pytest.raises(Faulty, match="There are for: 2026, 2027"):
        both.year(2030)
