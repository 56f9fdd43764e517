"""Two who write at once, at random: no text gives way to one whose writer hadn't seen it."""

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from helsevev.commons.forms.rules.filling import Change, Standing, refuse_bind, refuse_changes, same, sort
from helsevev.core.questionnaire import reading
from helsevev.core.questionnaire.evaluating import evaluate

PATHS = ("a", "b")


@dataclass
class Sheet:
    """What a sheet does with changes, in memory: as actions.save, without a database."""

    revision: int = 0
    standing: dict[str, Standing] = field(default_factory=dict)
    beside: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def save(self, changes: list[Change], by: str, window: str) -> None:
        found = sort(changes, self.standing, by, window)
        self.revision += 1
        for change in found.merged:
            self.standing[change.path] = Standing(change.value, self.revision, by, window)
        for change in found.clashes:
            self.beside[(change.path, by, window)] = change.value


WINDOWS = st.sampled_from([("me", "w1"), ("me", "w2"), ("you", "w3")])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("look"), WINDOWS, st.just("")),
        st.tuples(st.just("type"), WINDOWS, st.sampled_from(PATHS)),
        st.tuples(st.just("lose"), WINDOWS, st.sampled_from(PATHS)),
    ),
    max_size=25,
)


@settings(max_examples=300)
@given(STEPS)
def test_no_text_gives_way_to_one_whose_writer_had_not_seen_it(steps):
    sheet = Sheet()
    seen: dict[tuple[str, str], dict[str, Standing]] = {}
    for number, (what, who, path) in enumerate(steps):
        known = seen.setdefault(who, {})
        if what == "look":
            known.update(sheet.standing)
            continue
        before = dict(sheet.standing)
        base = known[path].revision if path in known else 0
        text = f"text {number}"
        sheet.save([Change(path, text, base)], *who)
        now = sheet.standing[path]
        assert now.value == text or sheet.beside.get((path, *who)) == text
        if path in before and now.value != before[path].value:
            old = before[path]
            assert base >= old.revision or (old.by, old.window) == who
        if what == "type":  # when the answer is lost on its way, the window doesn't learn the new revision
            known[path] = now if now.value == text else known.get(path, Standing(None, 0, ""))


@given(st.sampled_from([None, "", " ", [], "a", True, 1, ["a"]]), st.sampled_from([None, "", [], "a", True, 1, ["a"]]))
def test_nothing_is_nothing_however_it_is_written(one, other):
    empty = [value in (None, "", " ") or value == [] for value in (one, other)]
    assert same(one, other) == (all(empty) or (not any(empty) and type(one) is type(other) and one == other))


def test_a_bound_sheet_has_one_reason_and_a_draft_has_all():
    form = reading.read(
        {
            "resourceType": "Questionnaire",
            "item": [
                {"linkId": "a", "type": "string", "text": "A", "required": True},
                {"linkId": "b", "type": "integer", "text": "B"},
            ],
        }
    ).questionnaire
    assert form
    found = evaluate(form, {"b": "x"})
    assert len(refuse_bind("bound", found, ["b"])) == 1
    assert [str(one).split(":")[0] for one in refuse_bind("draft", found, ["b", "gone"])] == ["A", "B", "B", "gone"]
    assert refuse_bind("draft", evaluate(form, {"a": "x"}), []) == []


def test_a_thousand_changes_at_once_are_enough():
    assert not refuse_changes(Change(f"q{n}", "x") for n in range(1000))
    assert refuse_changes(Change(f"q{n}", "x") for n in range(1001))
