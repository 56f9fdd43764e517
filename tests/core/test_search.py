"""How words are read, planned for and ranked: by example, and whatever the text."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helsevev.core.search.analysis import analyser
from helsevev.core.search.documents import LONG, Document, passages, read
from helsevev.core.search.index import Index
from helsevev.core.search.lexicon import lines, standard
from helsevev.core.search.searcher import Searcher
from helsevev.core.search.vocabulary import Vocabulary

TEXTS = {
    "sår": ("Telemedisinsk sårbehandling", "Sykepleier og sårpoliklinikk møtes på video."),
    "pris": ("Tjenesteprismodell", "Hva hver kommune betaler for en felles tjeneste."),
    "heime": ("Digital heimeoppfølging i Førde", "Tenesta følgjer opp sjuke med kols og hjartesvikt."),
    "dho": ("Oppstart i Larvik", "DHO for kronisk syke innbyggere i seks kommuner."),
    "søvn": ("Søvnapné", "Pasienter måles hjemme om natten."),
    "team": ("Pasientsentrert helsetjenesteteam", "Tverrfaglig team for skrøpelige eldre etter utskrivning."),
    "selvmord": ("Psykisk helse etter innleggelse", "Forebygging av selvmord de første ukene."),
    "english": ("Digital twin for prostate cancer", "Two hospitals build a simulation of the whole pathway."),
    "ahus": ("MILA", "Akershus universitetssykehus og ti kommuner i Romerike."),
    "fastlege": ("Fastlegen som portvakt", "Fastleger henviser til spesialist."),
}


def searcher(texts: dict[str, tuple[str, str]]) -> Searcher:
    reader = analyser()
    return Searcher([read(Document(key, title, body), reader) for key, (title, body) in texts.items()], reader)


ALL = searcher(TEXTS)


def found(query: str, most: int = 10) -> list[str]:
    keys = list(TEXTS)
    return [keys[number] for number in ALL.search(query, most).numbers]


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("behandling av sår", "sår"),
        ("sårbehandlinga", "sår"),
        ("saarbehandling", "sår"),
        ("sar", "sår"),
        ("prismodell", "pris"),
        ("tenesteprismodellar", "pris"),
        ("pris modell", "pris"),
        ("hjemmeoppfølging", "heime"),
        ("hjemmeopfølgning", "heime"),
        ("hjertesvikt", "heime"),
        ("sukkersyke og hjartesvikt", "heime"),
        ("kronisk obstruktiv lungesykdom", "heime"),
        ("digital hjemmeoppfølging", "heime"),
        ("snorking", "søvn"),
        ("sovnapne", "søvn"),
        ("sleep apnoea", "søvn"),
        ("PSHT", "team"),
        ("skrøpelege gamle", "team"),
        ("suicid", "selvmord"),
        ("sjølvmordsførebygging", "selvmord"),
        ("digital tvilling", "english"),
        ("prostatakreft", "english"),
        ("Ahus", "ahus"),
        ("Akerhus universitetsykehus", "ahus"),
        ("fastlegane", "fastlege"),
    ],
)
def test_what_people_write_finds_what_they_mean(query: str, best: str) -> None:
    assert found(query)[0] == best


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sjukehusa", "sykehusene"),
        ("kommunar", "kommuner"),
        ("tenestene", "tjenestene"),
        ("rettleiinga", "veiledningen"),
        ("tilvisingar", "henvisninger"),
        ("moglegheiter", "muligheter"),
        ("heilskaplege", "helhetlige"),
        ("eteforstyrring", "spiseforstyrrelser"),
        ("brukarane", "brukerne"),
        ("førebyggje", "forebygge"),
        ("tidlegare", "tidligere"),
        ("oppfølgjing", "oppfølging"),
    ],
)
def test_nynorsk_and_bokmal_are_one_word(one: str, other: str) -> None:
    assert analyser().term(one) == analyser().term(other)


@pytest.mark.parametrize(("one", "other"), [("tidlig", "tid"), ("fastlege", "fast"), ("utvalg", "utval" * 2)])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert analyser().term(one) != analyser().term(other)


@pytest.mark.parametrize("query", ["", "   ", '?!*()"', "og i på", "🎉", "\x00", "NEAR(a b)"])
def test_what_says_nothing_finds_nothing_or_something_but_never_fails(query: str) -> None:
    assert len(found(query)) <= len(TEXTS)


def test_a_long_text_is_cut_into_passages_that_hold_all_of_it() -> None:
    text = "\n\n".join(f"Avsnitt {number} har noen ord om behandling." for number in range(200))
    cut = list(passages(text))
    assert len(cut) > LONG // 100
    assert " ".join(" ".join(cut).split()) == " ".join(text.split())
    wall = "ord " * 5_000
    assert sum(len(part.split()) for part in passages(wall)) == 5_000
    assert max(len(part.split()) for part in passages(wall)) <= LONG + 50


def test_an_index_of_nothing_answers_nothing() -> None:
    empty = Searcher([], analyser())
    assert len(empty.search("kols").numbers) == 0
    assert len(empty.likeness.like(read(Document("", "kols"), analyser())).numbers) == 0


def test_like_documents_come_first_and_none_is_like_itself() -> None:
    texts = {
        **TEXTS,
        "dho2": ("Digital hjemmeoppfølging i Vestfold", "Kronisk syke innbyggere følges opp hjemme av kommuner."),
    }
    held = searcher(texts)
    keys = list(texts)
    reader = analyser()
    mine = read(Document("dho", *TEXTS["dho"]), reader)
    alike = held.likeness.like(mine, but=keys.index("dho"))
    assert keys[alike.numbers[0]] == "dho2"
    assert keys.index("dho") not in alike.numbers
    assert any(reason.is_meaning for reason in held.likeness.compared(mine).reasons(keys.index("dho2")))


def test_compounds_are_cut_where_words_meet() -> None:
    reader = analyser()
    words = Vocabulary([], reader.stems)
    assert words.parts(reader.term("sårpoliklinikk")) == ("sår", "poliklinikk")
    assert words.parts(reader.term("kols")) == ()


def test_the_lists_are_well_formed() -> None:
    lexicon = standard()
    assert all(len(group.members) > 1 for group in lexicon.groups)
    assert not [word for word in lexicon.stop if word in lexicon.kept]
    assert all(":" in entry for entry in lines("nynorsk.txt"))


WORDS = st.sampled_from(
    [
        "kols",
        "sykehus",
        "sjukehus",
        "sårbehandling",
        "behandling",
        "sår",
        "heime",
        "hjemme",
        "ø",
        "å",
        "team",
        "24",
        "FACT-team",
        "e-helse",
    ]
)
BODIES = st.lists(WORDS, max_size=12).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(BODIES, max_size=6), BODIES)
def test_lists_agree_with_a_plain_count(bodies: Sequence[str], query: str) -> None:
    reader = analyser()
    read_ = [read(Document(str(number), "", body, language="nb"), reader) for number, body in enumerate(bodies)]
    index = Index(read_)
    for number, document in enumerate(read_):
        for term in set(document.passages[0]):
            places, weights = index.whole.of(index.vocabulary.numbers[term])
            assert weights[np.flatnonzero(places == number)[0]] == document.passages[0].count(term)
    ranked = Searcher(read_, reader).search(query)
    assert list(ranked.scores) == sorted(ranked.scores, reverse=True)
    for number in ranked.numbers:
        assert read_[number].passages[0]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_no_query_fails(query: str) -> None:
    ranked = ALL.search(query)
    assert len(set(ranked.numbers.tolist())) == len(ranked.numbers)
    assert len(ALL.likeness.like(read(Document("", query, query), analyser())).numbers) <= len(TEXTS)
