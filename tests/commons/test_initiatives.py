"""Initiatives: words, parties, kinship and moves, changed for many at once."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from helsevev.commons.initiatives import actions, queries
from helsevev.commons.initiatives.models import Initiative, PhaseMove, Term
from helsevev.commons.initiatives.rules import PartyValue, StatedMove, party, taxonomy_rows
from helsevev.commons.people.models import Organisation
from helsevev.core.lineage import Kind, cycles
from helsevev.core.roadmap import PHASES, Move, Phase, counts_on
from helsevev.core.words import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def words():
    actions.load_taxonomy()


def opened(*keys):
    rows = [Initiative(key=key, title=key.title()) for key in keys]
    actions.open_initiatives(rows)
    return rows


# --- Taxonomy --------------------------------------------------------------------------------------------------------
def test_the_reviewed_table_is_taken_in_once_and_the_second_time_changes_nothing(words):
    assert Term.objects.filter(vocabulary="theme").count() > 50
    assert actions.load_taxonomy() == 0


def test_every_phase_of_the_roadmap_has_a_word(words):
    assert [term.code for term in queries.terms("phase")] == list(PHASES)


@pytest.mark.parametrize(
    "text", ["DHO", "dho", "digital-hjemmeoppfolging", "Digital home follow-up", " digital  hjemmeoppfølging "]
)
def test_a_word_is_found_by_code_label_or_other_spelling(words, text):
    assert queries.term_of("theme", text).code == "digital-hjemmeoppfolging"


def test_what_no_word_is_called_is_none_and_the_nearest_are_offered(words):
    assert queries.term_of("theme", "digtal hjemmeoppfølging") is None
    assert queries.taxonomy().nearest("theme", "digtal hjemmeoppfølging")[0] == "digital hjemmeoppfølging"
    assert queries.taxonomy().nearest("patient_group", "barn og ungdom") == ["BU"]


def test_no_spelling_means_two_words_of_one_vocabulary(words):
    taxonomy = queries.taxonomy()
    for word in taxonomy.words:
        assert taxonomy.find(word.vocabulary, word.code) == word.code
        assert taxonomy.find(word.vocabulary, word.nb) == word.code
        for spelling in word.also:
            assert taxonomy.find(word.vocabulary, spelling) == word.code


def test_a_word_that_the_table_drops_goes_unless_an_initiative_carries_it(words, tmp_path):
    (row,) = opened("carries")
    actions.set_terms({row.pk: {"theme": ["kols"]}})
    table = tmp_path / "taxonomy.csv"
    table.write_text("vocabulary,code,nb,nn,en,also\ntheme,new,ny,ny,new,\n", encoding="utf-8")
    actions.load_taxonomy(table)
    assert [term.code for term in queries.terms("theme")] == ["new", "kols"]


def test_places_are_counted_within_each_vocabulary():
    rows = [
        {"vocabulary": vocabulary, "code": code, "nb": "", "nn": "", "en": "", "also": "x | y|"}
        for vocabulary, code in [("a", "1"), ("b", "1"), ("a", "2")]
    ]
    found = taxonomy_rows(rows)
    assert [row.position for row in found] == [0, 0, 1]
    assert found[0].word.also == ("x", "y")


# --- Words and parties of initiatives --------------------------------------------------------------------------------
def test_words_come_in_the_taxonomys_order_and_other_vocabularies_are_left(words):
    one, other = opened("one", "other")
    actions.set_terms({one.pk: {"patient_group": ["SE", "BU"], "theme": ["kols"]}, other.pk: {"theme": ["kols"]}})
    actions.set_terms({one.pk: {"theme": []}})
    assert queries.terms_of([one.pk, other.pk]) == {
        one.pk: {"patient_group": ["BU", "SE"]},
        other.pk: {"theme": ["kols"]},
    }


def test_a_word_that_the_taxonomy_lacks_is_refused(words):
    (row,) = opened("one")
    with pytest.raises(Refused, match="no 'nonsense' among its words for theme"):
        actions.set_terms({row.pk: {"theme": ["nonsense"]}})


def test_parties_keep_their_order_their_names_and_what_they_are():
    Organisation.objects.create(key="sykehuset", name="Sykehuset", kind="hospital_trust")
    (row,) = opened("one")
    wanted = [PartyValue("fastleger", generic="gp"), PartyValue("Sykehuset", organisation="sykehuset")]
    actions.set_parties({row.pk: wanted}, "partner")
    assert queries.parties_of([row.pk], "partner") == {row.pk: wanted}
    assert queries.parties_of([row.pk], "owner") == {}
    assert [party(value.stated_name, value.who) for value in wanted] == wanted


def test_an_organisation_that_does_not_exist_is_no_party():
    (row,) = opened("one")
    with pytest.raises(Refused, match="There is no organisation 'nobody'"):
        actions.set_parties({row.pk: [PartyValue("Nobody", organisation="nobody")]}, "owner")


# --- Kinship ---------------------------------------------------------------------------------------------------------
def test_kinship_is_set_by_kind_and_taken_away_by_an_empty_key():
    parent, child = opened("parent", "child")
    actions.set_lineage({child.pk: {"continues": "parent", "spreads": "parent"}})
    assert queries.parents_of([child.pk, parent.pk]) == {child.pk: {"continues": "parent", "spreads": "parent"}}
    actions.set_lineage({child.pk: {"spreads": ""}})
    assert queries.parents_of([child.pk]) == {child.pk: {"continues": "parent"}}
    assert queries.family("parent").generations == {"parent": 0, "child": 1}


def test_nobody_becomes_its_own_ancestor():
    one, two, three = opened("one", "two", "three")
    actions.set_lineage({one.pk: {"continues": "two"}, two.pk: {"spreads": "three"}})
    with pytest.raises(Refused, match="one → two → three → one"):
        actions.set_lineage({three.pk: {"adapts": "one"}})


def test_a_parent_that_does_not_exist_is_refused():
    (row,) = opened("one")
    with pytest.raises(Refused, match="There is no initiative 'nothing'"):
        actions.set_lineage({row.pk: {"continues": "nothing"}})


class Circles(TestCase):
    """Whatever is asked for, in whatever order, no circle of descent is ever kept."""

    @given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"), st.sampled_from(Kind)), max_size=8))
    def test_never_a_circle(self, asked):
        rows = {row.key: row.pk for row in opened("a", "b", "c", "d")}
        for child, parent, kind in asked:
            before = set(queries.edges())
            try:
                with transaction.atomic():
                    actions.set_lineage({rows[child]: {kind: parent if parent != child else ""}})
            except Refused:
                assert set(queries.edges()) == before
        assert cycles(queries.edges()) == []


# --- Moves -----------------------------------------------------------------------------------------------------------
def test_a_move_that_no_longer_counts_is_withdrawn_and_not_erased():
    (row,) = opened("one")
    first = StatedMove("insight", "2022", source="a")
    second = StatedMove("piloting", "2023-02", until="2023-06", note="b")
    actions.set_moves({row.pk: [first]}, "system:test")
    actions.set_moves({row.pk: [second]}, "someone")
    assert queries.moves_of([row.pk]) == {row.pk: [second]}
    old, new = queries.history("one")
    assert (old.withdrawn_by, new.withdrawn_at) == ("someone", None)
    assert (new.first_day, new.last_day) == (date(2023, 2, 1), date(2023, 6, 30))
    actions.set_moves({row.pk: [second]}, "system:test")
    assert PhaseMove.objects.count() == 2


class PhasesOnADay(TestCase):
    """The database counts phases as the Roadmap's rules do."""

    moves = st.lists(
        st.builds(
            StatedMove,
            phase=st.sampled_from(PHASES),
            on=st.dates(date(2021, 1, 1), date(2021, 12, 31)).flatmap(
                lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], "2021"])
            ),
            until=st.sampled_from(["", "2021", "2022-03"]),
            planned=st.booleans(),
        ),
        max_size=4,
        unique_by=lambda move: (move.move.starts, move.phase),
    )

    @given(st.lists(moves, max_size=4), st.dates(date(2020, 12, 1), date(2022, 6, 1)))
    def test_the_same(self, histories, day):
        rows = opened(*(f"i{number}" for number in range(len(histories))))
        actions.set_moves({row.pk: moves for row, moves in zip(rows, histories, strict=True)}, "system:test")
        wanted = counts_on([[stated.move for stated in moves] for moves in histories], day)
        assert queries.phases_on(day) == wanted
        assert queries.phases_on(day, Initiative.objects.filter(pk__in=[row.pk for row in rows])) == wanted


def test_histories_leave_out_what_was_withdrawn():
    (row,) = opened("one")
    actions.set_moves({row.pk: [StatedMove("insight", "2022")]}, "system:test")
    actions.set_moves({row.pk: [StatedMove("piloting", "2023")]}, "system:test")
    assert queries.histories() == [[Move(Phase.PILOTING, "2023")]]
    assert queries.histories(Initiative.objects.none()) == []


# --- Many at once, and followers -------------------------------------------------------------------------------------
def test_a_thousand_cost_few_statements_more_than_one(words, django_assert_max_num_queries):
    rows = opened(*(f"i{number}" for number in range(1_000)))
    with django_assert_max_num_queries(40):
        actions.set_terms({row.pk: {"theme": ["kols"]} for row in rows})
        actions.set_moves({row.pk: [StatedMove("insight", "2022")] for row in rows}, "system:test")
    with django_assert_max_num_queries(10):
        assert len(queries.moves_of(row.pk for row in rows)) == 1_000
        assert len(queries.terms_of(row.pk for row in rows)) == 1_000


def test_following_twice_is_following_once(person):
    (row,) = opened("one")
    user = person(None)
    actions.follow(user, row)
    actions.follow(user, row)
    assert queries.follows(user.pk, "one")
    assert queries.followers("one") == [user.pk]
    assert list(queries.followed_by(user.pk)) == [row]
    actions.unfollow(user, row)
    assert not queries.follows(user.pk, "one")
