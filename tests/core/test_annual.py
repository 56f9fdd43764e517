"""The annual report's core, held against the report of 2022 and what arithmetic says of it."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helsevev.core import annual
from helsevev.core.faults import Faulty

FILE = json.loads((Path(__file__).parents[2] / "data" / "portfolio.json").read_text(encoding="utf-8"))
WORDS = annual.Words("en", str, lambda _family, code: code, str)
LAST = date(2022, 12, 31)


def project(key: str, year: int = 2022, **more: object) -> annual.Project:
    return annual.Project(key, {"nb": key}, year, **more)  # type: ignore[arg-type]


def facts(*projects: annual.Project, stated: list[annual.Stated] | None = None, **more: object) -> annual.Facts:
    return annual.Facts(2022, LAST, projects, {one.key: one for one in stated or []}, **more)  # type: ignore[arg-type]


def by_key(made: annual.Facts) -> dict[str, dict]:
    return {one["key"]: one for one in annual.build(made, WORDS)["figures"]}


def test_all_that_the_source_states_is_read():
    """21 items of five levels (programme.md section 5), 8 quarters, 4 channels, 3 social media of 4 numbers."""
    year, stated, faults = annual.read(FILE["annual_report_2022"], "annual_report_2022")
    keys = [one.key for one in stated]
    assert (year, faults) == (2022, [])
    assert len(keys) == len(set(keys))
    levels = [one for one in stated if one.label.count("|") == 2]
    assert len(levels) == 21 * 5
    assert len({one.key.rpartition(".")[0] for one in levels}) == 21
    assert sum(key.startswith(("web.visits.Q", "web.unique.Q")) for key in keys) == 8
    assert sum(key.startswith("web.channels.") for key in keys) == 4
    assert sum(key.startswith("social.") for key in keys) == 12


def test_how_many_answered_as_far_as_arithmetic_can_tell():
    """programme.md section 5: of 5 to 40 answers, 24 fits 19 items and alone fits 14; two items fit 23 alone."""
    _year, stated, _faults = annual.read(FILE["annual_report_2022"], "")
    items: dict[str, list[float]] = {}
    for one in stated:
        if one.label.count("|") == 2:
            items.setdefault(one.key.rpartition(".")[0], []).append(one.value)
    fits = [annual.fitting(shares) for shares in items.values()]
    assert sum(24 in one for one in fits) == 19
    assert sum(one == (24,) for one in fits) == 14
    assert sum(one == (23,) for one in fits) == 2


@given(st.lists(st.integers(0, 12), min_size=2, max_size=5).filter(lambda counts: 5 <= sum(counts) <= 40))
def test_the_true_number_of_answers_always_fits(counts):
    n = sum(counts)
    shares = [(200 * k + n) // (2 * n) for k in counts]
    assert n in annual.fitting(shares)


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ({"year": "x"}, "part.year: 'x' is not a year"),
        ([], "part: [] is not an object"),
        ({"year": 2022, "webinars": "six"}, "part.webinars: 'six' is not a number"),
        ({"year": 2022, "by_phase": {"Innsikt": True}}, "part.by_phase.Innsikt: true is not a number"),
        (
            {"year": 2022, "web": {"visits_by_quarter": [1]}},
            "part.web.visits_by_quarter: [1] is not a list of 4 numbers",
        ),
    ],
)
def test_a_fault_says_where(value, line):
    assert [str(one) for one in annual.read(value, "part")[2]] == [line]


def test_null_is_not_stated():
    assert annual.read({"year": 2022, "webinars": None}, "")[1] == []


def test_a_project_counts_from_its_award_to_the_last_year_anyone_speaks_of_it():
    one = project("a", 2021, last_year=2023)
    assert [one.is_of(year) for year in (2020, 2021, 2022, 2023, 2024)] == [False, True, True, True, False]
    assert project("b", 2022).is_of(2022)
    assert not project("b", 2022).is_of(2023)


def test_counted_and_stated_stand_side_by_side():
    made = by_key(facts(project("a"), project("b", kind="spread"), stated=[annual.Stated("projects.total", 3)]))
    total = made["projects.total"]
    assert (total["counted"], total["stated"], total["difference"], total["rows"]) == (2, 3, -1, ["a", "b"])
    assert total["note"]
    assert made["projects.spread"]["rows"] == ["b"]
    assert made["projects.kind_not_stated"]["counted"] == 1


def test_a_project_in_two_regions_counts_in_both_and_once_in_all():
    made = by_key(facts(project("a", regions=("HN", "HV"))))
    assert made["projects.by_region.HN"]["counted"] == made["projects.by_region.HV"]["counted"] == 1
    assert made["projects.total"]["counted"] == 1


def test_meetings_are_counted_up_to_the_cut_off():
    meetings = tuple(annual.Meeting(str(day), "webinar", date(2022, 12, day)) for day in (1, 31))
    early = annual.Facts(2022, date(2022, 12, 30), (), {"meetings.webinars": annual.Stated("x", 2)}, meetings)
    assert by_key(early)["meetings.webinars"]["counted"] == 1


def test_movement_counts_a_project_once_however_often_it_moved():
    moves = (("insight", True), ("piloting", True), ("insight", False))
    made = by_key(facts(project("a", moves=moves), project("b", moves=(("insight", True),))))
    assert [made[f"projects.{key}"]["counted"] for key in ("moved_on", "moved_back", "reached.insight")] == [2, 1, 2]
    assert "projects.reached.anchoring" not in made
    assert all("moves" not in row for row in annual.build(facts(project("a", moves=moves)), WORDS)["appendix"])


def test_what_a_room_counted_is_its_rows_and_stands_beside_what_is_stated():
    rows = (annual.Behind("m1", "Møte", "/m1/", 40), annual.Behind("m2", amount=2.5))
    tallies = (annual.Tally("hours.used", rows=rows), annual.Tally("newsletter.click_rate_pct", 19.5, n=400))
    told = facts(project("a"), stated=[annual.Stated("newsletter.click_rate_pct", 20)], tallies=tallies)
    made = by_key(told)
    assert (made["hours.used"]["counted"], made["hours.used"]["rows"]) == (42.5, ["m1", "m2"])
    rate = made["newsletter.click_rate_pct"]
    assert (rate["counted"], rate["stated"], rate["difference"], rate["n"]) == (19.5, 20, -0.5, 400)
    assert annual.behind(told)["hours.used"][0] == {"title": "Møte", "address": "/m1/"}


def test_growth_is_worked_out_from_the_sources_own_numbers():
    """350 new of 616 is 131.6 percent of the 266 before, where the source prints 133 (programme.md section 5)."""
    stated = [annual.Stated(f"social.facebook.{name}", value) for name, value in
              (("followers", 616), ("new", 350), ("growth_pct", 133))]  # fmt: skip
    growth = by_key(facts(project("a"), stated=stated))["social.facebook.growth_pct"]
    assert (growth["counted"], growth["stated"], growth["difference"]) == (131.6, 133, -1.4)


def test_the_same_facts_give_the_same_bytes():
    made = facts(project("b"), project("a"), stated=[annual.Stated("meetings.webinars", 6)])
    turned = facts(project("a"), project("b"), stated=[annual.Stated("meetings.webinars", 6)])
    assert annual.as_json(annual.build(made, WORDS)) == annual.as_json(annual.build(turned, WORDS))


def test_a_headline_that_is_not_its_rows_stops_the_report():
    figures = annual.figures(facts(project("a"), project("b")), WORDS)
    appendix = [{"key": "a"}]
    said = [str(one) for one in annual.disagreements(figures, appendix)]
    assert "projects.total: b is counted and isn't in the appendix" in said
    assert "projects.total: 2 projects are counted and the appendix lists 1" in said


def test_two_projects_with_one_key_stop_the_report():
    with pytest.raises(Faulty):
        annual.build(facts(project("a"), project("a")), WORDS)
