"""Dates as precise as a source states them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helsevev.core import dates
from helsevev.core.words import Refused

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@st.composite
def written(draw):
    day = draw(DAYS)
    return day.isoformat()[: draw(st.sampled_from([4, 7, 10]))]


@given(written())
def test_a_written_date_is_kept_as_it_was_written(text):
    assert str(dates.parse(text)) == text


@given(written())
def test_the_days_it_covers_are_those_whose_iso_form_begins_with_it(text):
    first, last = dates.first_day(text), dates.last_day(text)
    assert first.isoformat().startswith(text)
    assert last.isoformat().startswith(text)
    if first > date(1900, 1, 1):
        assert not date.fromordinal(first.toordinal() - 1).isoformat().startswith(text)
    if last < date(2199, 12, 31):
        assert not date.fromordinal(last.toordinal() + 1).isoformat().startswith(text)


@given(written(), written())
def test_order_is_said_only_where_it_is_sure(one, other):
    left, right = dates.parse(one), dates.parse(other)
    order = dates.compare(left, right)
    if order == -1:
        assert left.last_day < right.first_day
    elif order == 1:
        assert left.first_day > right.last_day
    elif order == 0:
        assert one == other
    else:
        assert left.first_day <= right.last_day
        assert right.first_day <= left.last_day
    mirrored = dates.compare(right, left)
    assert mirrored == (None if order is None else -order)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("twenty", "'twenty' is not a date. Write a year, month or day, such as 2024, 2024-10 or 2024-10-28"),
        ("2024-10-28T00:00", "is not a date. Write a year"),
        ("٢٠٢٤", "is not a date. Write a year"),
        ("2024\n", "is not a date. Write a year"),
        ("", "'' is not a date"),
        ("2024-13", "'2024-13' is not a date: months go from 01 to 12"),
        ("2024-00", "months go from 01 to 12"),
        ("2023-02-29", "'2023-02-29' is not a date: that month has 28 days"),
        ("2024-04-31", "that month has 30 days"),
        ("2024-04-00", "that month has 30 days"),
        ("0022", "the year must lie between 1900 and 2199"),
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(text, sentence):
    with pytest.raises(Refused) as refused:
        dates.parse(text)
    assert sentence in str(refused.value)


def test_leap_days_exist_where_they_do():
    assert dates.first_day("2024-02-29") == date(2024, 2, 29)
    assert dates.last_day("2024-02") == date(2024, 2, 29)
