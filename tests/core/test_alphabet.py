"""The Norwegian alphabet."""

from hypothesis import given
from hypothesis import strategies as st

from helsevev.core.alphabet import folded, sort_key


def test_the_last_letters_come_last():
    names = ["Ål", "Ørsta", "Ærlig", "Zeta", "alta", "Émile", "Etne", "Bø"]
    assert sorted(names, key=sort_key) == ["alta", "Bø", "Émile", "Etne", "Zeta", "Ærlig", "Ørsta", "Ål"]


def test_composed_and_decomposed_letters_are_the_same():
    assert sort_key("A\u030alesund") == sort_key("Ålesund") == sort_key("ÅLESUND")


def test_a_search_may_leave_out_rings_and_strokes():
    assert folded("Ålesund") == folded("alesund")
    assert folded("Bodø") == folded("BODO")
    assert folded("Kárášjohka") == "karasjohka"


@given(st.text(alphabet="abzæøåäöé -1"))
def test_size_of_letters_means_nothing(text: str):
    assert sort_key(text.upper()) == sort_key(text)
    assert folded(text.upper()) == folded(text)


@given(st.text())
def test_what_is_folded_stays_folded(text: str):
    assert folded(folded(text)) == folded(text)
