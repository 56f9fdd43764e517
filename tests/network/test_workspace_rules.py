"""The workspace's rules by example and property: no database."""

import json
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helsevev.core.charts.grid import Grid, Spot, lay_grid
from helsevev.core.charts.marks import Box, Dot
from helsevev.core.charts.schedule import Schedule, Slot, lay_schedule
from helsevev.core.marking import Word, marked
from helsevev.core.roadmap import PHASES, Phase
from helsevev.network.workspace.rules import concepts, gates, guides, rows
from helsevev.network.workspace.rules.concepts import Answer, Judged, Standing
from helsevev.network.workspace.rules.gates import Decision, Verdict

DATA = Path(__file__).resolve().parents[2] / "data"
GUIDE = json.loads((DATA / "guides" / "children-and-young-people.json").read_text(encoding="utf-8"))
EARLY = Word("1", "tidlig hjemreise", "Innen 24 timer.", ("tidleg heimreise",))
HOME = Word("2", "hjemreise", "Ut av døra.")


# --- Words -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ved tidlig hjemreise ringer vi.", ["tidlig hjemreise"]),
        ("TIDLIG  HJEMREISE og tidleg\nheimreise", ["TIDLIG  HJEMREISE", "tidleg\nheimreise"]),
        ("hjemreisen og forhjemreise", []),
        ("Hjemreise (tidlig hjemreise).", ["Hjemreise", "tidlig hjemreise"]),
        ("", []),
    ],
)
def test_agreed_words_are_found_whole(text: str, found: list[str]) -> None:
    assert [bit.text for bit in marked(text, [EARLY, HOME]) if bit.word] == found


def test_the_longer_of_two_words_counts() -> None:
    assert [bit.word for bit in marked("tidlig hjemreise", [HOME, EARLY])] == [EARLY]


@given(st.text(max_size=60), st.lists(st.text(max_size=8), max_size=4))
@settings(max_examples=80)
def test_marking_loses_nothing(text: str, names: list[str]) -> None:
    words = [Word(str(at), name, "x") for at, name in enumerate(names)]
    assert "".join(bit.text for bit in marked(text, words)) == text


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
@settings(max_examples=60)
def test_another_text_has_another_digest(one: str, other: str) -> None:
    first = concepts.digest(concepts.content("a", "ord", one, {}))
    assert first == concepts.digest(concepts.content("a", "ord", one, {}))
    assert (first == concepts.digest(concepts.content("a", "ord", other, {}))) == (one == other)


def test_what_is_signed_holds_project_word_and_examples() -> None:
    same = ("a", "ord", "x", {"e": "in"})
    first = concepts.digest(concepts.content(*same))
    for other in (("b", "ord", "x", {"e": "in"}), ("a", "o", "x", {"e": "in"}), ("a", "ord", "x", {"e": "out"})):
        assert concepts.digest(concepts.content(*other)) != first


@pytest.mark.parametrize(
    ("shown", "standing", "party", "signs_for", "why"),
    [
        ("d1", "d1", "town", {"town"}, None),
        ("d0", "d1", "town", {"town"}, concepts.Why.STALE),
        ("", "d1", "town", {"town"}, concepts.Why.STALE),
        ("d1", "d1", "hospital", {"town"}, concepts.Why.NOT_YOURS),
        ("d1", "d1", "town", set(), concepts.Why.NOT_YOURS),
        ("d1", "d1", "far", {"far"}, concepts.Why.NOT_A_PARTY),
        ("d1", None, "town", {"town"}, concepts.Why.NOTHING_TO_SIGN),
    ],
)
def test_who_may_sign_what(shown: str, standing: str | None, party: str, signs_for: set[str], why: str | None) -> None:
    refusal = concepts.refuse_sign(shown, standing, (party, party), ("town", "hospital"), signs_for)
    assert (refusal.why if refusal else None) == why


@given(st.sets(st.sampled_from("abcd")), st.sets(st.sampled_from("abcd")), st.booleans())
@settings(max_examples=60)
def test_a_word_is_agreed_when_every_party_has_signed(parties: set[str], signed: set[str], has_text: bool) -> None:
    found = concepts.standing(has_text, parties, signed)
    assert (found is Standing.AGREED) == (has_text and bool(parties) and all(one in signed for one in parties))
    assert (found is Standing.OPEN) == (not has_text)


def test_examples_reveal_a_difference() -> None:
    born_at_two = Judged("født 02:00, hjem 07:00 neste dag", {"town": Answer.OUT, "hospital": Answer.IN})
    assert born_at_two.disagrees(("town", "hospital"))
    assert not Judged("x", {"town": Answer.IN, "hospital": Answer.IN}).disagrees(("town", "hospital"))
    assert Judged("x", {"town": Answer.UNSURE, "hospital": Answer.IN}).disagrees(("town", "hospital"))
    assert not Judged("x", {"town": Answer.IN}).disagrees(("town", "hospital"))
    assert not born_at_two.disagrees(("town",))


# --- Gates -----------------------------------------------------------------------------------------------------------
NAMED = (("anna", "town"), ("berit", "hospital"))
DECISIONS = st.sampled_from(Decision)


@given(st.lists(DECISIONS, min_size=1, max_size=2))
@settings(max_examples=40)
def test_the_order_of_decisions_doesnt_matter(decisions: list[Decision]) -> None:
    verdicts = [Verdict(*who, decision) for who, decision in zip(NAMED, decisions, strict=False)]
    found = {gates.outcome(NAMED, order) for order in permutations(verdicts)}
    assert len(found) == 1
    (outcome,) = found
    if Decision.BACK in decisions:
        assert outcome is Decision.BACK
    elif len(decisions) < len(NAMED):
        assert outcome is None
    else:
        assert outcome is (Decision.CONDITIONAL if Decision.CONDITIONAL in decisions else Decision.PASS)


def test_somebody_else_cant_decide_for_a_level() -> None:
    both_for_town = [Verdict("anna", "town", Decision.PASS), Verdict("carl", "town", Decision.PASS)]
    assert gates.outcome(NAMED, both_for_town) is None
    assert gates.outcome((), []) is None


@pytest.mark.parametrize(
    ("sides", "missing"),
    [
        ((), {gates.Why.SIDE_MUNICIPALITY, gates.Why.SIDE_HOSPITAL}),
        (("hospital", "hospital"), {gates.Why.SIDE_MUNICIPALITY}),
        (("municipality",), {gates.Why.SIDE_HOSPITAL}),
        (("hospital", "municipality"), set()),
    ],
)
def test_both_levels_approve(sides: tuple[str, ...], missing: set[str]) -> None:
    assert {one.why for one in gates.refuse_sides(sides)} == missing


@pytest.mark.parametrize(
    ("decision", "reason", "terms", "why"),
    [
        (Decision.PASS, "Ja.", [], set()),
        (Decision.PASS, "  ", [], {gates.Why.REASON}),
        (Decision.CONDITIONAL, "Ja.", [], {gates.Why.CONDITIONS_MISSING}),
        (Decision.CONDITIONAL, "Ja.", [("Mer", date(2026, 1, 2))], set()),
        (Decision.CONDITIONAL, "Ja.", [("Mer", date(2025, 12, 31))], {gates.Why.CONDITION_PAST}),
        (Decision.BACK, "Nei.", [("Mer", date(2026, 1, 2))], {gates.Why.CONDITIONS_UNASKED}),
    ],
)
def test_a_verdict_has_its_reason_and_terms(
    decision: Decision, reason: str, terms: list[tuple[str, date]], why: set[str]
) -> None:
    assert {one.why for one in gates.refuse_verdict(decision, reason, terms, date(2026, 1, 1))} == why


def test_gates_open_where_the_project_stands_and_phases_behind_can_be_entered_again() -> None:
    for at, phase in enumerate(PHASES):
        for other_at, standing in enumerate(PHASES):
            opened = gates.refuse_open(phase, standing, at_work=False)
            assert (opened is None) == (phase is standing and phase is not PHASES[-1])
            assert (gates.refuse_reenter(phase, standing) is None) == (at < other_at)
    assert gates.refuse_open(Phase.ANCHORING, None, at_work=False) is None
    assert gates.refuse_open(Phase.INSIGHT, Phase.INSIGHT, at_work=True) is not None
    assert gates.following(PHASES[-1]) is None


def test_nobody_enters_piloting_before_the_words_are_signed() -> None:
    assert gates.refuse_words(Phase.PILOTING, {"a": True, "b": True}) == []
    assert [one.values["name"] for one in gates.refuse_words(Phase.PILOTING, {"a": True, "b": False})] == ["b"]
    assert gates.refuse_words(Phase.PILOTING, {})[0].why == gates.Why.WORDS_MISSING
    assert gates.refuse_words(Phase.INSIGHT, {"b": False}) == []


# --- Rows that two change at once ------------------------------------------------------------------------------------
VALUES = st.fixed_dictionaries({name: st.integers(0, 2) for name in ("a", "b", "c")})


@given(VALUES, VALUES, VALUES)
@settings(max_examples=120)
def test_nobodys_change_is_lost_in_silence(base: dict[str, int], theirs: dict[str, int], mine: dict[str, int]) -> None:
    found = rows.merged(base, theirs, mine)
    for name, began in base.items():
        if mine[name] != began:
            assert found.values[name] == mine[name]
            assert (name in found.met) == (theirs[name] not in {began, mine[name]})
        else:
            assert found.values[name] == theirs[name]
            assert name not in found.met


@given(VALUES, VALUES, VALUES)
@settings(max_examples=80)
def test_only_what_still_stands_can_be_undone(
    before: dict[str, int], after: dict[str, int], now: dict[str, int]
) -> None:
    refused = rows.refuse_undo(now, before, after)
    assert (refused is None) == all(now[name] == after[name] for name in before if before[name] != after[name])


def test_worse_and_likelier_is_never_a_lower_risk() -> None:
    order = ["low", "middle", "high"]
    for likelihood in range(1, 6):
        for consequence in range(1, 5):
            one, worse = (order.index(rows.severity(likelihood, at)) for at in (consequence, consequence + 1))
            assert one <= worse
            assert rows.severity(likelihood, consequence) == rows.severity(consequence, likelihood)
    assert (rows.severity(5, 5), rows.severity(1, 1)) == ("high", "low")
    assert rows.engagement(5, 5) == "close"
    assert rows.engagement(1, 1) == "watch"


# --- Guides ----------------------------------------------------------------------------------------------------------
LINES = [one for one, kind in guides.ids(GUIDE).items() if kind in guides.PARTS]
STEPS = [one for one, kind in guides.ids(GUIDE).items() if kind == "step"]
LOCALS = st.builds(
    guides.Local,
    texts=st.dictionaries(st.sampled_from(LINES), st.text(min_size=1, max_size=9), max_size=4),
    dropped=st.lists(st.sampled_from(LINES), max_size=3, unique=True).map(tuple),
    added=st.lists(
        st.fixed_dictionaries(
            {
                "id": st.uuids().map(lambda one: f"here.{one}"),
                "under": st.sampled_from(STEPS),
                "kind": st.sampled_from(["activities", "tips"]),
                "text": st.text(min_size=1, max_size=9),
            }
        ),
        max_size=3,
        unique_by=lambda one: one["id"],
    ).map(tuple),
    done=st.dictionaries(st.sampled_from(LINES), st.just("2026-01-01"), max_size=3),
)


def test_the_guide_that_comes_with_the_product_is_whole() -> None:
    assert guides.refuse_content(GUIDE) == []
    assert len(GUIDE["phases"]) == 4
    assert all(len(step["activities"]) >= 2 for phase in GUIDE["phases"] for step in phase["steps"])


def test_a_guide_without_a_language_or_with_an_id_twice_is_refused() -> None:
    broken = json.loads(json.dumps(GUIDE))
    broken["phases"][0]["steps"][0]["title"]["nn"] = ""
    broken["phases"][1]["steps"][0]["id"] = broken["phases"][0]["steps"][0]["id"]
    found = guides.refuse_content(broken)
    assert {one.why for one in found} == {guides.Why.SHAPE, guides.Why.TWICE}
    assert found[0].values["place"] == "phases[0].steps[0]"
    assert guides.refuse_content({})


@given(LOCALS, st.sampled_from(["nb", "nn", "en"]))
@settings(max_examples=40)
def test_every_difference_shows_and_nothing_else(local: guides.Local, language: str) -> None:
    parts = guides.edition(GUIDE, local, language)
    every = [one for part in parts for step in part.steps for one in step.entries]
    assert sorted(one.id for one in every) == sorted([*LINES, *(one["id"] for one in local.added)])
    different = {one.id for one in guides.differing(parts)}
    assert different == {*local.texts, *local.dropped, *(one["id"] for one in local.added)}
    assert guides.Local.read(json.loads(json.dumps(local.written()))) == local


@given(LOCALS)
@settings(max_examples=30)
def test_a_newer_version_keeps_what_is_different_here(local: guides.Local) -> None:
    newer = json.loads(json.dumps(GUIDE))
    gone = newer["phases"][0]["steps"].pop(0)
    kept = guides.kept(newer, local)
    there = guides.ids(newer)
    assert kept.texts == {one: text for one, text in local.texts.items() if one in there}
    assert {one["id"] for one in kept.added} == {one["id"] for one in local.added}
    assert all(one["under"] in there for one in kept.added)
    assert guides.kept(newer, kept) == kept
    assert set(guides.stale(GUIDE, newer, local)) == {one for one in local.texts if one.startswith(f"{gone['id']}.")}


# --- Pictures --------------------------------------------------------------------------------------------------------
SPOTS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=30)


@given(SPOTS, st.sampled_from([320.0, 560.0]))
@settings(max_examples=40)
def test_spots_lie_in_their_squares_and_apart(places: list[tuple[int, int]], width: float) -> None:
    spots = tuple(Spot(at, "x", across, up) for at, (across, up) in enumerate(places, start=1))
    chart = Grid(
        name="t", title="t", heads=("a", "b", "c"), spots=spots, axes=("x", "y"), ends=("l", "h"), ground={(5, 5): 2}
    )
    drawing = lay_grid(chart, width)
    dots = [mark for mark in drawing.marks if isinstance(mark, Dot)]
    assert len(dots) == len(spots)
    side = min(width, 560) / 5
    seen = sorted((round(dot.x // side) + 1, 5 - round((dot.y - 26) // side)) for dot in dots)
    assert seen == sorted(places)
    for at, one in enumerate(dots):
        for other in dots[at + 1 :]:
            assert abs(one.x - other.x) >= one.size - 0.01 or abs(one.y - other.y) >= one.size - 0.01


DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@given(st.lists(st.tuples(DAYS, DAYS, st.booleans()), min_size=1, max_size=12), st.sampled_from([340.0, 760.0]), DAYS)
@settings(max_examples=40)
def test_a_plan_stays_on_its_sheet(spans: list[tuple[date, date, bool]], width: float, today: date) -> None:
    slots = tuple(Slot("Oppgave", "da", min(a, b), max(a, b), milestone) for a, b, milestone in spans)
    chart = Schedule(
        name="p",
        title="p",
        heads=("a", "b"),
        slots=slots,
        months=("jan",) * 12,
        now=(today, "I dag"),
        legend=("a", "b"),
    )
    drawing = lay_schedule(chart, width)
    bars = [mark for mark in drawing.marks if isinstance(mark, Box) and mark.height == 16]
    assert len(bars) == sum(not slot.milestone for slot in slots)
    assert all(mark.x >= 0 and mark.x + mark.width <= width + 5 for mark in bars)
    assert all(0 <= mark.x <= width for mark in drawing.marks if isinstance(mark, Dot))


def test_pictures_refuse_what_cant_be_drawn() -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        Spot(1, "x", 0, 3)
    with pytest.raises(ValueError, match="ends after"):
        Slot("x", "y", date(2026, 1, 2), date(2026, 1, 1))
    with pytest.raises(ValueError, match="dated"):
        Schedule(
            name="p", title="p", heads=("a",), slots=(), months=("j",) * 12, now=(date(2026, 1, 1), ""), legend=("", "")
        )
