"""Norway as tiles: every county once, where one would look for it, shaded in quarters of the most."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helsevev.core.tilemap import COUNTIES, LEVELS, REGIONS, legend, level_of, tiles

MUNICIPALITIES = Path(__file__).resolve().parents[2] / "data" / "registers" / "municipalities.csv"
BY_NAME = {place.name: place for place in COUNTIES}


def test_the_counties_are_those_of_the_register():
    with MUNICIPALITIES.open(encoding="utf-8-sig", newline="") as file:
        registered = {(row["county_number"], row["county_nb"], row["health_region"]) for row in csv.DictReader(file)}
    assert {(place.code, place.name, place.region) for place in COUNTIES} <= registered
    assert {place.code for place in COUNTIES} == {code for code, _name, _region in registered}
    assert len(COUNTIES) == 15


@pytest.mark.parametrize("places", [COUNTIES, REGIONS], ids=["counties", "regions"])
def test_no_two_tiles_lie_on_each_other_and_all_fit_the_grid(places):
    assert len({(place.row, place.column) for place in places}) == len(places)
    assert all(1 <= place.row <= 12 and 1 <= place.column <= 9 and len(place.short) <= 7 for place in places)


@pytest.mark.parametrize(
    ("north", "south"),
    [
        ("Finnmark", "Troms"), ("Troms", "Nordland"), ("Nordland", "Trøndelag"), ("Trøndelag", "Møre og Romsdal"),
        ("Møre og Romsdal", "Vestland"), ("Vestland", "Rogaland"), ("Rogaland", "Agder"), ("Buskerud", "Telemark"),
        ("Innlandet", "Oslo"), ("Akershus", "Østfold"), ("Oslo", "Vestfold"), ("Telemark", "Agder"),
    ],
)  # fmt: skip
def test_north_lies_above_south(north: str, south: str):
    assert BY_NAME[north].row < BY_NAME[south].row


@pytest.mark.parametrize(
    ("west", "east"),
    [
        ("Troms", "Finnmark"), ("Nordland", "Troms"), ("Trøndelag", "Nordland"), ("Vestland", "Buskerud"),
        ("Buskerud", "Oslo"), ("Oslo", "Akershus"), ("Telemark", "Vestfold"), ("Vestfold", "Østfold"),
        ("Møre og Romsdal", "Innlandet"), ("Rogaland", "Telemark"),
    ],
)  # fmt: skip
def test_west_lies_left_of_east(west: str, east: str):
    assert BY_NAME[west].column < BY_NAME[east].column


@pytest.mark.parametrize("region", ["HN", "HM", "HV", "HSO"])
def test_a_region_hangs_together(region: str):
    places = {(place.row, place.column) for place in COUNTIES if place.region == region}
    reached, waiting = set(), [min(places)]
    while waiting:
        row, column = waiting.pop()
        reached.add((row, column))
        beside = {(row + r, column + c) for r in (-1, 0, 1) for c in (-1, 0, 1)}
        waiting += (beside & places) - reached
    assert reached == places


def test_tiles_are_read_from_the_north_and_from_the_west():
    drawn = tiles({"03": 7, "56": 1})
    assert drawn[0].place.name == "Finnmark"
    assert [(tile.place.row, tile.place.column) for tile in drawn] == sorted(
        (tile.place.row, tile.place.column) for tile in drawn
    )
    assert Counter(tile.level for tile in drawn) == {0: 13, 4: 1, 1: 1}


@given(st.dictionaries(st.sampled_from([place.code for place in COUNTIES]), st.integers(0, 10_000)))
def test_levels_grow_with_counts_and_the_legend_says_which(counts: dict[str, int]):
    drawn = tiles(counts)
    most = max(tile.count for tile in drawn)
    said = {level: (low, high) for level, low, high in legend(most)}
    for tile in drawn:
        assert tile.count == counts.get(tile.place.code, 0)
        assert (tile.level == 0) == (tile.count == 0)
        low, high = said[tile.level]
        assert low <= tile.count <= high
    ordered = sorted(drawn, key=lambda tile: tile.count)
    assert [tile.level for tile in ordered] == sorted(tile.level for tile in drawn)
    assert not most or ordered[-1].level == LEVELS


@given(st.integers(0, 500))
def test_the_legend_covers_every_count_once(most: int):
    covered = [count for _level, low, high in legend(most) for count in range(low, high + 1)]
    assert covered == list(range(most + 1))


def test_a_count_beyond_the_most_is_refused():
    with pytest.raises(ValueError, match="between"):
        level_of(3, 2)
