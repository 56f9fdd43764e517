"""How often one caller may ask, and who the caller is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helsevev.core.rates import Rate, Standing, caller


@given(st.floats(0, 4e9), st.integers(1, 3_600))
def test_a_window_ends_when_it_says(now: float, seconds: int) -> None:
    rate = Rate("api", 10, seconds)
    assert 1 <= rate.left(now) <= seconds
    assert rate.window(now + rate.left(now) + 1) > rate.window(now)


@pytest.mark.parametrize(("asked", "allowed", "remaining"), [(1, True, 2), (3, True, 0), (4, False, 0), (99, False, 0)])
def test_a_caller_is_told_where_it_stands(asked: int, allowed: bool, remaining: int) -> None:
    standing = Standing(Rate("api", 3), asked, 17)
    assert standing.allowed is allowed
    assert standing.headers["RateLimit"] == f'"api";r={remaining};t=17'
    assert standing.headers["RateLimit-Policy"] == '"api";q=3;w=60'
    assert ("Retry-After" in standing.headers) is not allowed


@pytest.mark.parametrize(
    ("forwarded", "proxies", "who"),
    [
        ("", 0, "10.0.0.1"),
        ("6.6.6.6", 0, "10.0.0.1"),
        ("6.6.6.6", 1, "6.6.6.6"),
        ("6.6.6.6, 7.7.7.7", 1, "7.7.7.7"),
        ("forged, 6.6.6.6, 7.7.7.7", 2, "6.6.6.6"),
        ("", 1, "10.0.0.1"),
        (" , ", 1, "10.0.0.1"),
        ("6.6.6.6", 3, "6.6.6.6"),
    ],
)
def test_a_forged_address_is_not_believed(forwarded: str, proxies: int, who: str) -> None:
    assert caller("10.0.0.1", forwarded, proxies) == who
