"""Surveys worked out: what is hidden stays hidden, whoever takes one published number from another."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from helsevev.core.questionnaire.reading import read
from helsevev.core.questionnaire.texts import NOTHING, Text
from helsevev.core.surveys import asking, mixing, rates, tallying, years
from helsevev.core.surveys.asking import Level, Question
from helsevev.core.surveys.suppression import LEAST, hidden
from helsevev.core.surveys.tallying import HIDDEN, UNSAID, Spread, tally


def question(key: str, levels: str = "abc", *, many: bool = False, text: str = "") -> Question:
    return Question(
        key, Text({"nb": text or key}), NOTHING, tuple(Level(one, Text({"nb": one})) for one in levels), many
    )


REGION, ROLE = question("region", "NMVS"), question("role", "xy")
ASKED = (REGION, ROLE, question("item"), question("ticks", many=True))


def answers(**groups: str) -> list[dict[str, list[str]]]:
    """So many answers a region as there are letters, each the level chosen."""
    return [{"region": [region], "item": [level]} for region, levels in groups.items() for level in levels]


def test_a_small_group_takes_the_next_smallest_with_it():
    told = tally(ASKED, ["region"], answers(N="abc", M="aabbcc", V="aaabbbccc", S="aaabbbccccc"))
    rows = told["item"].groups["region"]
    assert rows["N"] == rows["M"] == HIDDEN
    assert rows["V"] == Spread(9, (3, 3, 3))
    assert told["item"].total == Spread(29, (9, 9, 11))
    assert told["region"].total.counts == (None, None, 9, 11)


def test_two_small_groups_that_are_few_together_take_a_third():
    assert hidden({"a": 2, "b": 2, "c": 9, "d": 30}, {}) == {"a", "b", "c"}
    assert hidden({"a": 3, "b": 3, "c": 9}, {}) == {"a", "b"}
    assert hidden({"a": 0, "b": 9, "c": 9}, {}) == frozenset()


def test_hidden_cells_are_not_all_nothing_where_somebody_chose_the_level():
    # Neither N nor M chose c: what is left of c would be nothing in both, so V is hidden too.
    told = tally(ASKED, ["region"], answers(N="aab", M="aabbab", V="aaabbbccc", S="aaabbbccccc"))
    assert [name for name, one in told["item"].groups["region"].items() if one.is_hidden] == ["N", "M", "V"]


def test_a_group_of_those_who_did_not_say_counts_as_one():
    rows = [*answers(N="aabbcc", M="aabbcc"), {"item": ["a"]}]
    told = tally(ASKED, ["region"], rows)
    assert told["item"].groups["region"][UNSAID].is_hidden
    assert told["region"].total == HIDDEN


def test_a_survey_of_four_tells_nothing():
    told = tally(ASKED, ["region"], answers(N="aabb"))
    assert all(one.total.is_hidden for one in told.values())
    assert all(row.is_hidden for one in told.values() for rows in one.groups.values() for row in rows.values())


def test_what_groups_people_is_not_told_by_group():
    told = tally(ASKED, ["region", "role"], answers(N="a" * 9, M="b" * 9))
    assert told["region"].groups == {}


def test_results_are_kept_and_read_again():
    told = tally(ASKED, ["region"], answers(N="abc", M="aabbcc", V="aaabbbccc", S="aaabbbccccc"))
    assert tallying.from_json(tallying.as_json(told)) == told


one_answer = st.fixed_dictionaries(
    {
        "region": st.sampled_from([["N"], ["M"], ["V"], ["S"], []]),
        "role": st.sampled_from([["x"], ["y"], ["x"], []]),
        "item": st.sampled_from([["a"], ["b"], ["c"], ["a"], []]),
        "ticks": st.lists(st.sampled_from("abc"), unique=True, max_size=3),
    }
)


def attack(told: tallying.Told, own: Spread, everybody: int, levels: int) -> list[tuple[str, str, float, float]]:
    """What somebody can work out of a grouping's hidden rows from all that is published: each unknown's ends."""
    (rows,) = told.groups.values()
    names = [name for name, row in rows.items() if row.is_hidden]
    places = {(name, level): at for at, (name, level) in enumerate((n, v) for n in names for v in range(levels))}
    members = {name: len(places) + at for at, name in enumerate(names)}
    size = len(places) + len(members)
    same, values, below = [], [], []
    for level in range(levels):
        line = np.zeros(size)
        line[[places[name, level] for name in names]] = 1
        same.append(line)
        values.append((told.total.counts[level] or 0) - sum(row.counts[level] or 0 for row in rows.values() if row.n))
    if not own.is_hidden:
        known = dict(zip((one for one in rows if one != UNSAID), own.counts, strict=True)) | {UNSAID: everybody - own.n}
        unknown = [name for name in known if known[name] is None]
        assert set(unknown) <= set(names)
        line = np.zeros(size)
        line[[members[name] for name in unknown]] = 1
        same.append(line)
        values.append(own.n - sum(count for count in own.counts if count is not None))
        for name in set(names) - set(unknown):
            line = np.zeros(size)
            line[members[name]] = 1
            same.append(line)
            values.append(known[name])
    for name in names:
        line = np.zeros(size)
        line[[places[name, level] for level in range(levels)]] = 1
        line[members[name]] = -1
        below.append(line)
    ends = []
    for what, at in [*((f"{n}/{v}", at) for (n, v), at in places.items()), *members.items()]:
        goal = np.zeros(size)
        goal[at] = 1
        found = [
            linprog(sign * goal, np.array(below), np.zeros(len(below)), np.array(same), values, bounds=(0, everybody))
            for sign in (1, -1)
        ]
        assert all(one.success for one in found)
        ends.append((what, what.partition("/")[0], found[0].fun, -found[1].fun))
    return ends


@settings(max_examples=25)
@given(rows=st.lists(one_answer, min_size=LEAST, max_size=40))
def test_no_hidden_number_can_be_worked_out(rows: list[dict[str, list[str]]]) -> None:
    told = tally(ASKED, ["region", "role"], rows)
    plain = {g: [row for row in rows if (row["region"] or [UNSAID])[0] == g] for g in (*"NMVS", UNSAID)}
    # What is told, is true, and no group of fewer than five is told of.
    assert set(told["item"].groups["region"]) >= {group for group, some in plain.items() if some}
    for group, spread in told["item"].groups["region"].items():
        answered = [row["item"][0] for row in plain[group] if row["item"]]
        assert spread.is_hidden or spread == Spread(len(answered), tuple(answered.count(one) for one in "abc"))
        assert spread.is_hidden or spread.n == 0 or spread.n >= LEAST
    whole = told["item"].total
    if whole.is_hidden:
        return
    only = tallying.Told(whole, {"region": told["item"].groups["region"]})
    for what, group, low, high in attack(only, told["region"].total, len(rows), 3):
        level = what.partition("/")[2]
        nobody_at_all = level and not whole.counts[int(level)]
        few = [row for row in plain[group] if row["item"] or not level]
        small = 0 < len(few) < LEAST
        assert nobody_at_all or not small or high - low > 0.5, (what, low, high)


@settings(max_examples=30)
@given(rows=st.lists(one_answer, max_size=60))
def test_groupings_hide_the_same_small_groups_everywhere(rows: list[dict[str, list[str]]]) -> None:
    told = tally(ASKED, ["region"], rows)
    own = dict(zip("NMVS", told["region"].total.counts or [0] * 4, strict=True))
    for key in ("item", "ticks"):
        for group, spread in told[key].groups["region"].items():
            if group != UNSAID and own[group] is None:
                assert spread.is_hidden
            assert spread.is_hidden or not spread.n or spread.n >= LEAST


def test_a_changed_wording_breaks_the_line():
    def asked(year: int, text: str) -> years.Asked:
        return years.Asked(year, str(year), question("item", "abcd", text=text), Spread(20, (5, 5, 5, 5)))

    found = years.runs([asked(2026, "New"), asked(2024, "Old"), asked(2025, "Old")])
    assert [[one.year for one in run.asked] for run in found] == [[2024, 2025], [2026]]
    count, interval = found[0].asked[0].agreeing or (0, None)
    assert count == 10
    assert interval is not None
    assert (round(interval.low, 2), round(interval.high, 2)) == (0.3, 0.7)


def test_rates_say_nothing_where_nobody_knows_how_many_were_asked():
    assert rates.Rates(40, 38, 30, 24).rate == 60.0
    assert rates.Rates(None, None, 30, 24).rate is None
    assert rates.Rates(9, 9, 30, 24).rate is None
    assert rates.interval(50, 100) is None


@given(waiting=st.integers(0, 60))
def test_a_pool_keeps_a_batch_back_until_the_end(waiting: int) -> None:
    drawn = mixing.to_draw(waiting)
    assert drawn in (0, mixing.BATCH)
    assert waiting - drawn >= min(waiting, mixing.BATCH)
    assert mixing.to_draw(waiting, last=True) == waiting


@pytest.mark.parametrize("kind", ["integer", "date", "attachment", "quantity"])
def test_a_survey_does_not_ask_what_can_point_to_one_person(kind: str) -> None:
    yes = {"linkId": "yes", "type": "boolean", "text": "Ja?"}
    form = read({"resourceType": "Questionnaire", "item": [yes, {"linkId": "q", "type": kind, "text": "Alder"}]})
    assert form.questionnaire is not None
    assert [str(one.why) for one in asking.refuse(form.questionnaire)] == [asking.Why.NOT_COUNTED]
