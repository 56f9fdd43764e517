"""A figure's value can be shown in a form and read back as it was."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helsevev.core.words import Refused
from helsevev.network.portfolio.rules.typed_values import read, written

PLAIN = (
    st.integers(-(10**17), 10**17)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.text(st.characters(exclude_categories=["C"]), min_size=1)
    | st.sampled_from(["2025", "2025-10", "1 234", "1,234", "true", "2024: 5", "2; 4", "[5]", '"so"', "12,5"])
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["2024", "2024-05", "2025-01-09", "by", "a: b"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(VALUES)
def test_every_value_that_can_be_kept_can_be_typed(value):
    assert json.dumps(read(written(value)), sort_keys=True) == json.dumps(value, sort_keys=True)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", None),
        ("   ", None),
        ("28", 28),
        ("1 234", 1234),
        ("1 234 567", 1234567),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("0,125", 0.125),
        ("1,2340", 1.234),
        ("2; 4", [2, 4]),
        ("2022-09; 2022-12", ["2022-09", "2022-12"]),
        ("2025-01-09: 7; 2025-06-13: 28", {"2025-01-09": 7, "2025-06-13": 28}),
        ("Goal: healthy; happy", "Goal: healthy; happy"),
        ("twenty", "twenty"),
        ('"2025"', "2025"),
        ("[not json", "[not json"),
        ("=1+1", "=1+1"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_what_is_typed_is_what_is_meant(typed, kept):
    assert read(typed) == kept
    assert type(read(typed)) is type(kept)


@pytest.mark.parametrize("typed", ["1,234", "1.234", "12,345,678", "2; 1.500", "2024: 1,500"])
def test_a_number_that_can_be_read_in_two_ways_is_never_guessed(typed):
    with pytest.raises(Refused, match="two ways"):
        read(typed)


def test_a_kept_number_is_never_written_so_that_it_can_be_read_in_two_ways():
    assert written(1.125) == "1.1250"
    assert read(written(1.125)) == 1.125
