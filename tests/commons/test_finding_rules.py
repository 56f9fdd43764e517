"""Words, marks, bits and likeness, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helsevev.commons.finding.rules import Doc, Piece, Query, bits, fold, mark, query, readable, snippet
from helsevev.core.similarity import Similar, Trait, Weight, rank, rarity, worth

ANY_TEXT = st.text(st.characters(), max_size=300)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Bodø", "bodo"),
        ("BODØ", "bodo"),
        ("Bodo\u0338", "bodo"),
        ("Ålesund", "alesund"),
        ("A\u030alesund", "alesund"),
        ("Aalesund", "alesund"),
        ("Sør-Trøndelag", "sor trondelag"),
        ("færre", "faerre"),
        ("Kárášjohka", "karasjohka"),
        ("Deatnu/Tana", "deatnu tana"),
        ("snake_case", "snake case"),
        ("KOLS (grad 3)", "kols grad 3"),
        ("🎉 — *", ""),
        ("", ""),
    ],
)
def test_folding(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_what_is_kept_can_be_kept(text: str) -> None:
    kept = readable(text)
    assert "\x00" not in kept
    assert kept.encode().decode() == kept
    assert readable(kept) == kept


@pytest.mark.parametrize("blank", ["", "   ", "\t\n\u00a0"])
def test_blank_asks_for_nothing_in_particular(blank: str) -> None:
    assert query(blank) is None


@pytest.mark.parametrize("wordless", ["*", '"""', "🎉", "-- ;", "\x00"])
def test_text_without_a_word_can_find_nothing(wordless: str) -> None:
    assert query(wordless) == Query(())


def test_small_words_are_left_out_except_when_they_are_all_there_is() -> None:
    assert query("hjelp til de eldste") == Query(("hjelp", "eldste"))
    assert query("barn og") == Query(("barn", "og"))
    assert query("og") == Query(("og",))


def test_the_last_word_may_be_half_typed() -> None:
    asked = query("fact te")
    assert asked is not None
    assert [asked.is_beginning(at) for at in range(2)] == [True, True]
    asked = query("te fact")
    assert asked is not None
    assert [asked.is_beginning(at) for at in range(2)] == [False, True]


@given(ANY_TEXT)
def test_a_query_is_short_whatever_is_pasted(text: str) -> None:
    asked = query(text * 100)
    assert asked is None or len(asked.words) <= 16
    assert asked is None or all(word.isalnum() and len(word) <= 64 for word in asked.words)


def test_marks() -> None:
    asked = query("bodo kommune")
    assert asked is not None
    assert mark("I Bodø kommunes plan", asked) == (
        Piece("I "),
        Piece("Bodø", marked=True),
        Piece(" "),
        Piece("kommunes", marked=True),
        Piece(" plan"),
    )


def test_inflected_words_are_marked_and_other_words_with_the_same_beginning_are_not() -> None:
    asked = query("kommunene om")
    assert asked is not None
    assert [p.text for p in mark("kommune kommuner kommunikasjon", asked) if p.marked] == ["kommune", "kommuner"]


@given(ANY_TEXT, ANY_TEXT)
def test_marking_loses_nothing(text: str, asked: str) -> None:
    wanted = query(asked) or Query(())
    assert "".join(piece.text for piece in mark(text, wanted)) == text
    assert all(piece.text for piece in mark(text, wanted))


@given(ANY_TEXT, ANY_TEXT)
def test_a_snippet_is_short_and_from_the_text(text: str, asked: str) -> None:
    pieces = snippet(text * 5, query(asked) or Query(()))
    shown = "".join(piece.text for piece in pieces if piece.text not in ("… ", " …"))
    assert shown in " ".join((text * 5).split())
    assert len(shown) <= 260


def test_a_snippet_shows_the_place_that_answers() -> None:
    asked = query("felles inntak")
    assert asked is not None
    pieces = snippet("Noe annet først. " * 40 + "Her er felles inntak omtalt. " + "Og mer. " * 40, asked)
    assert [piece.text for piece in pieces if piece.marked] == ["felles", "inntak"]
    assert pieces[0] == Piece("… ")
    assert pieces[-1] == Piece(" …")


NUMBERS = st.sets(st.integers(1, 100_000), max_size=50)


@given(NUMBERS, NUMBERS)
def test_bits_are_sets(one: set[int], other: set[int]) -> None:
    assert bits.number(bits.of(one)) == len(one)
    assert bits.number(bits.both(bits.of(one), bits.of(other))) == len(one & other)
    assert bits.number(bits.either([bits.of(one), bits.of(other)])) == len(one | other)
    assert {b: bits.unpack(bits.pack(mask)) for b, mask in bits.of(one).items()} == bits.of(one)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"kind": ""}, ValueError),
        ({"key": "x" * 121}, ValueError),
        ({"key": "a\x00b"}, ValueError),
        ({"audience": "friends"}, ValueError),
        ({"texts": {"sv": ("", "")}}, ValueError),
        ({"facets": {"": ["x"]}}, ValueError),
        ({"facets": {"theme": ["x" * 121]}}, ValueError),
        ({"facets": {"theme": ["\ud800"]}}, ValueError),
        ({"facets": {"theme": "dho"}}, TypeError),
    ],
)
def test_a_document_that_could_not_be_found_again_is_refused(change: dict[str, object], error: type[Exception]) -> None:
    good: dict[str, object] = {"kind": "project", "key": "a", "texts": {"nb": ("A", "")}, "facets": {"theme": ["dho"]}}
    assert Doc(**good)  # type: ignore[arg-type]
    with pytest.raises(error):
        Doc(**(good | change))  # type: ignore[arg-type]


def test_empty_texts_are_left_out_and_an_empty_facet_value_is_one() -> None:
    doc = Doc("project", "a", {"nb": ("A", ""), "en": ("", "")}, {"theme": ["", "dho"], "region": []})
    assert doc.properties == {("", ""), ("theme", ""), ("theme", "dho")}
    assert list(doc.words) == ["nb"]


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_rarity_lies_between_nothing_and_one(holders: int, everyone: int) -> None:
    assert 0 < rarity(holders, everyone) <= 1
    assert rarity(holders + 1, everyone) <= rarity(holders, everyone)
    assert rarity(1, everyone) == 1


def test_the_rare_counts_more_and_kin_counts_most() -> None:
    weights = {"theme": Weight(4), "family": Weight(8, rarer_counts_more=False)}
    assert worth(Trait("theme", "rare", 2), weights, 100) > worth(Trait("theme", "common", 50), weights, 100)
    assert worth(Trait("unknown", "x"), weights, 100) == 0
    kin, common = Trait("family", "fonna", 4), Trait("theme", "dho", 30)
    assert rank({"b": [common], "a": [kin, common], "c": [Trait("unknown", "x")]}, weights, 100) == [
        Similar("a", pytest.approx(8 + worth(common, weights, 100), abs=1e-6), (("family", "fonna"), ("theme", "dho"))),
        Similar("b", pytest.approx(worth(common, weights, 100), abs=1e-6), (("theme", "dho"),)),
    ]
