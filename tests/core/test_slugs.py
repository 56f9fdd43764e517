"""Names for addresses: plain letters, stable, and never one that is taken."""

import re

from hypothesis import given
from hypothesis import strategies as st

from helsevev.core.slugs import free, slug


def test_letters_of_the_countrys_languages_become_plain_ones() -> None:
    assert slug("Ærø og Ålesund") == "aero-og-alesund"
    assert slug("Porsáŋgu; Porsanki") == "porsangu-porsanki"
    assert slug("8–10 i uken") == "8-10-i-uken"
    assert slug("日本") == ""


@given(st.text())
def test_a_slug_is_plain_and_its_own_slug(text: str) -> None:
    made = slug(text)
    assert re.fullmatch("([a-z0-9]+(-[a-z0-9]+)*)?", made)
    assert slug(made) == made


@given(st.sets(st.sampled_from(["a", "a-2", "a-3", "b"])))
def test_what_is_free_is_not_taken(taken: set[str]) -> None:
    assert free("a", taken) not in taken
