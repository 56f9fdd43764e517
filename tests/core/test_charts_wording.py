"""Numbers and dates are written as each of the three languages writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helsevev.core.charts.wording import day, number

THIN = "\u202f"


@pytest.mark.parametrize(
    ("value", "norwegian", "english"),
    [
        (0, "0", "0"),
        (7.5, "7,5", "7.5"),
        (1234, "1234", "1,234"),
        (12345, f"12{THIN}345", "12,345"),
        (1234567.25, f"1{THIN}234{THIN}567,2", "1,234,567.2"),
        (-3, "\N{MINUS SIGN}3", "\N{MINUS SIGN}3"),
        (9999.96, f"10{THIN}000,0", "10,000.0"),
        (999.96, "1000,0", "1,000.0"),
        (-0.01, "0,0", "0.0"),
        (4.0, "4", "4"),
    ],
)
def test_numbers(value: float, norwegian: str, english: str):
    assert number(value, "nb") == number(value, "nn") == norwegian
    assert number(value, "en") == english


@pytest.mark.parametrize(
    ("written", "nb", "en", "short"),
    [
        ("2023", "2023", "2023", "2023"),
        ("2023-01", "januar 2023", "January 2023", "jan. 2023"),
        ("2024-10-28", "28. oktober 2024", "28 October 2024", "28. okt. 2024"),
        ("2024-05-07", "7. mai 2024", "7 May 2024", "7. mai 2024"),
    ],
)
def test_dates_are_as_precise_as_they_were_written(written: str, nb: str, en: str, short: str):
    assert day(written, "nb") == day(written, "nn") == nb
    assert day(written, "en") == en
    assert day(written, "nb", short=True) == short


@given(st.integers(-(10**12), 10**12), st.sampled_from(["nb", "nn", "en"]))
def test_a_whole_number_can_be_read_back(value: int, language: str):
    said = number(value, language).replace(THIN, "").replace(",", "").replace("\N{MINUS SIGN}", "-")
    assert int(said) == value
