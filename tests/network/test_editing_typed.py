"""Whatever is kept can stand in a form and come back the same; two people's lists can be joined."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helsevev.commons.initiatives.rules import Taxonomy, Word
from helsevev.network.portfolio import queries, rules
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.queries import editing
from helsevev.network.portfolio.rules.shaping import Spot, shaped, spot
from helsevev.network.portfolio.rules.typed import (
    ENTRIES,
    KEPT,
    WHY,
    WITHDRAW,
    YES,
    Words,
    changed,
    content,
    fields_of,
    together,
    typed,
)

TAXONOMY = Taxonomy([Word("theme", "kols", "kols", "kols", "COPD", ("KOLS",))])
LABELS = {
    "nb": {"beds": "Senger", "days": "Dager", "same": "Likt"},
    "en": {"beds": "Beds", "days": "Days", "alike": "Likt"},
}
WORDS = Words(TAXONOMY, "en", LABELS)
TEXT = st.text(st.characters(exclude_categories=["C"]), max_size=20)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_whole_real_portfolio_comes_back_from_its_forms_as_it_was(portfolio, language):
    words = editing.words(language)
    known = queries.known()
    keys = list(Project.objects.values_list("initiative__key", flat=True))
    assert len(keys) == 85
    names = fields_of(rules.FIELDS)
    for key, standing in queries.standings(keys).items():
        made = shaped(typed(standing.fields, words), names, words)
        assert not made.problems, key
        fields, faults = rules.check(made.changes)
        settled, unknown = rules.settle(fields, known)
        assert not faults
        assert not unknown
        for name in names:
            if name not in ("owners", "partners"):
                assert settled[name] == standing.fields[name], (key, name)
        assert rules.owners_first({**standing.fields, **settled}) == standing.fields, key


def test_a_form_that_nobody_touched_has_changed_nothing(portfolio):
    words = editing.words("nb")
    shown = typed(queries.fields("mila-2026"), words)
    sent = {name: _as_sent(value) for name, value in shown.items()}
    assert changed(sent, shown) == []


def _as_sent(value):
    """As browsers send it: other line ends, and blanks at the ends."""
    if isinstance(value, list):
        return [*map(_as_sent, value), {} if value and isinstance(value[0], dict) else ""]
    if isinstance(value, dict):
        return {name: _as_sent(text) if name != KEPT else text for name, text in value.items()}
    return f" {value}\r\n".replace("\n", "\r\n").replace("\r\r", "\r")


@given(TEXT)
def test_a_figure_is_called_such_that_it_is_found_again(text):
    for key in ("beds", "days", "same", "alike", "own_name", "_".join(text.split()) or "x"):
        assert WORDS.figure_named(WORDS.figure(key)) == key


def test_a_label_that_two_figures_share_names_neither():
    assert WORDS.figure("alike") == "alike"
    assert WORDS.figure_named("Likt") == "Likt"
    assert WORDS.figure_named("senger") == "beds"
    assert WORDS.figure_named("people who came") == "people_who_came"


ROWS = st.lists(st.fixed_dictionaries({"on": st.sampled_from(["2024", "2025"]), "nb": TEXT}), max_size=4)


@given(ROWS, ROWS, ROWS)
def test_what_either_added_is_in_and_what_either_took_away_is_out(before, mine, theirs):
    joined = content(together("log", before, mine, theirs))
    old, own, others = content(before), content(mine), content(theirs)
    assert all(row in joined for row in others if row not in old)
    assert all(row in joined for row in own if row not in old)
    assert not any(row in joined for row in old if row not in own or row not in others)
    assert all(row in joined for row in old if row in own and row in others)


def test_two_values_of_one_figure_or_two_texts_can_not_both_stand():
    row = {"what": "Beds", "value": "1"}
    assert together("figures", [row], [{**row, "value": "2"}], [{**row, "value": "3"}]) is None
    assert together("title", "a", "b", "c") is None
    other = {"what": "Days", "value": "4"}
    assert [one["what"] for one in together("figures", [row], [row, other], [row])] == ["Beds", "Days"]


def test_my_withdrawal_and_their_move_stand_together():
    one, two = ({**dict.fromkeys(ENTRIES["phases"], ""), "phase": "insight", "on": on} for on in ("2023", "2024"))
    standing = {**one, KEPT: YES}
    mine = [{**standing, WITHDRAW: YES, WHY: "never began"}]
    joined = together("phases", [standing], mine, [standing, {**two, KEPT: YES}])
    assert [(row["on"], row.get(WHY, "")) for row in joined] == [("2023", "never began"), ("2024", "")]


def test_a_fault_finds_its_row_although_empty_rows_stand_between():
    rows = [{"on": "2024", "nb": "a"}, {"on": " "}, {"on": "x", "nb": "b"}]
    figures = [{"what": ""}, {"what": "Beds", "value": "2"}]
    made = shaped({"log": rows, "figures": figures, "owners": ["", "Nowhere"]}, ["log", "figures", "owners"], WORDS)
    assert spot("log[1].on", made) == Spot("log", 2, "on")
    assert spot("figures.beds.as_of", made) == Spot("figures", 1, "as_of")
    assert spot("owner", made) == Spot("owners", 1)
    assert spot("awarded.year", made) == Spot("award_year")
    assert spot("summary.nn", made) == Spot("summary_nn")
    assert spot("region[1]", made) == Spot("regions")
    assert spot("", made) == Spot("")
