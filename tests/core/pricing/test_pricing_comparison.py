"""Cost comparison, budget impact, national financing, a district's frame: by hand and by properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helsevev.core.faults import Faulty
from helsevev.core.pricing.comparison import (
    ADMISSIONS,
    Impact,
    Option,
    Region,
    Service,
    Use,
    break_even,
    budget_impact,
    compare,
    district,
    national,
)

amounts = st.integers(0, 10**7).map(float)


def test_group_rehabilitation_with_video_is_cheaper_from_a_case() -> None:
    """By hand: 100,000 + 5,000·n against 231,700 + 2,000·n meet at 43.9, so video is cheaper from 44."""
    room, video = Option("room", 100_000, 5_000), Option("video", 231_700, 2_000)
    found = break_even(room, video)
    assert found.cases == pytest.approx(43.9)
    assert (found.from_cases, found.cheaper) == (44, "video")
    assert room.total(43) < video.total(43)
    assert room.total(44) > video.total(44)
    assert video.per_case(100) == pytest.approx(4_317)
    assert video.per_case(0) is None


@given(amounts, amounts, amounts, amounts)
def test_break_even_is_where_the_order_turns(one: float, each: float, other: float, other_each: float) -> None:
    first, second = Option("first", one, each), Option("second", other, other_each)
    found = break_even(first, second)
    if found.from_cases is not None:
        cheaper, dearer = (first, second) if found.cheaper == "first" else (second, first)
        assert cheaper.total(found.from_cases) < dearer.total(found.from_cases)
        assert cheaper.total(found.from_cases - 1) >= dearer.total(found.from_cases - 1)
    elif found.cheaper:
        cheaper, dearer = (first, second) if found.cheaper == "first" else (second, first)
        assert all(cheaper.total(cases) <= dearer.total(cases) for cases in (0, 1, 10_000))
    else:
        assert first.total(77) == second.total(77)


def test_two_options_that_never_meet_say_which_is_cheaper() -> None:
    assert break_even(Option("a", 10, 1), Option("b", 20, 2)).cheaper == "a"
    assert break_even(Option("a", 10, 2), Option("b", 10, 1)).cheaper == "b"
    assert break_even(Option("a", 10, 1), Option("b", 10, 1)).cheaper == ""
    with pytest.raises(Faulty, match="must be at least 0, is -1"):
        break_even(Option("a", -1, 1), Option("b", 10, 1))


def test_with_and_without_by_payer_and_with_its_range() -> None:
    rows = [
        Use("visits", "municipality", 800, without=1_000, with_option=700, low=600, high=900),
        Use("licence", "municipality", 6_000, without=0, with_option=20),
        Use("GP contacts", "state", 500, without=100, with_option=130),
        Use("admissions", "hospital", 60_000, without=10, with_option=10, low=10 - 5, high=10 + 3, admissions=True),
    ]
    found = compare(rows, cases=20)
    assert found.by_payer == {"municipality": -120_000, "state": 15_000, "hospital": 0}
    assert found.added_nok == found.with_nok - found.without_nok == -105_000
    assert found.per_case_nok == -5_250
    assert found.low_nok == -320_000 + 120_000 + 15_000 - 300_000
    assert found.high_nok == -80_000 + 120_000 + 15_000 + 180_000
    assert compare(rows, 0).per_case_nok is None


def test_an_effect_on_admissions_is_none_until_its_evidence_is_stated() -> None:
    assert ADMISSIONS.estimate == 0
    assert ADMISSIONS.low < 0 < ADMISSIONS.high
    hope = Use("admissions", "hospital", 60_000, 10, 8, admissions=True)
    with pytest.raises(Faulty, match="needs its evidence"):
        compare([hope], 5)
    shown = Use("admissions", "hospital", 60_000, 10, 8, admissions=True, evidence="Invented trial, low grade")
    assert compare([shown], 5).added_nok == -120_000


def test_budget_impact_keeps_transfers_apart() -> None:
    """Five years by hand: the state's grant to the municipality saves nobody anything."""
    years = range(2026, 2031)
    found = budget_impact(
        [
            Impact("centre", "municipality", (300, 250, 250, 250, 250)),
            Impact("fewer visits", "municipality", (-50, -100, -150, -200, -200)),
            Impact("grant", "state", (200, 100, 0, 0, 0), to="municipality"),
        ],
        years,
    )
    assert found.spending == {"municipality": (250, 150, 100, 50, 50), "state": (0, 0, 0, 0, 0)}
    assert found.transfers["municipality"] == (-200, -100, 0, 0, 0)
    assert found.net["municipality"] == (50, 50, 100, 50, 50)
    assert found.total == (250, 150, 100, 50, 50)
    assert all(sum(values[at] for values in found.transfers.values()) == 0 for at in range(5))


def test_budget_impact_refuses_missing_years_and_money_to_oneself() -> None:
    with pytest.raises(Faulty) as refused:
        budget_impact([Impact("a", "state", (1,)), Impact("b", "state", (1, 2), to="state")], [2026, 2027])
    assert [fault.place for fault in refused.value.faults] == ["rows[0].nok", "rows[1].to"]


REGIONS = [Region("South", 90, 3), Region("West", 40, 1), Region("Middle", 40, 1), Region("North", 30, 1)]


def test_a_national_service_is_shared_by_use_and_by_weight() -> None:
    """By hand: 1,200,000 fixed, a quarter from the state, the rest 3:1:1:1; 2,000 for each infant."""
    found = national(Option("competence service", 1_200_000, 2_000), REGIONS, state_share=0.25)
    assert found.state_ore == 30_000_000
    assert [region.fixed_ore for region in found.regions] == [45_000_000, 15_000_000, 15_000_000, 15_000_000]
    assert [region.volume_ore for region in found.regions] == [18_000_000, 8_000_000, 8_000_000, 6_000_000]
    assert found.per_case_nok == pytest.approx(1_600_000 / 200)


@given(st.floats(0, 1e8), st.floats(0, 1e5), st.floats(0, 1), st.floats(0, 1))
def test_state_and_regions_add_up_to_the_ore(fixed: float, each: float, equal: float, state: float) -> None:
    found = national(Option("service", fixed, each), REGIONS, equal, state)
    paid = found.state_ore + sum(region.total_ore for region in found.regions)
    assert abs(paid - 100 * found.total_nok) <= 1.01 + 1e-6


def test_a_national_service_needs_weights() -> None:
    with pytest.raises(Faulty, match="must be above 0"):
        national(Option("service", 1, 1), [Region("South", 1, 0)])
    with pytest.raises(Faulty, match="must be above 0"):
        national(Option("service", 1, 1), [])


def test_the_total_picture_of_a_district_stands_beside_its_frames() -> None:
    services = [
        Service("home care", "home", 400, 90_000_000),
        Service("safety alarm", "home", 900, 9_000_000),
        Service("nursing home", "institution", 120, 130_000_000),
        Service("planned", "institution", 0, 0),
    ]
    found = district(services, {"home": 95_000_000, "institution": 140_000_000})
    assert [frame.left_nok for frame in found.frames] == [-4_000_000, 10_000_000]
    assert found.left_nok == 6_000_000
    assert found.per_user_nok["safety alarm"] == 10_000
    assert found.per_user_nok["planned"] is None
    with pytest.raises(Faulty, match="'hjem' isn't known here"):
        district([Service("home care", "hjem", 1, 1)], {"home": 1})
