"""Forms and answers made at random, and a slow, obvious second version of what they come to."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
HIDDEN = "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden"
KINDS = ["boolean", "integer", "decimal", "string", "text", "date", "choice", "choices", "open", "rows"]
WORDS = st.text("abcæøå 12", min_size=0, max_size=6)
TYPED = {
    "boolean": st.sampled_from([True, False, None]),
    "integer": st.sampled_from(["1", "2", "-3", "many", "", "1,5"]),
    "decimal": st.sampled_from(["1", "2,5", "-3.25", "x", ""]),
    "string": WORDS,
    "text": WORDS,
    "date": st.sampled_from(["2026-01-02", "24.3.2026", "2026", "soon", ""]),
    "choice": st.sampled_from(["a", "b", "c", "z", None]),
    "choices": st.lists(st.sampled_from(["a", "b", "c"]), unique=True, max_size=3),
    "open": st.sampled_from(["a", {"other": "else"}, None, {"odd": 1}]),
    "rows": WORDS,
}
EXPECTED = {
    "boolean": {"answerBoolean": True},
    "integer": {"answerInteger": 1},
    "decimal": {"answerDecimal": 2.5},
    "string": {"answerString": "a"},
    "text": {"answerString": "a"},
    "date": {"answerDate": "2026-01-02"},
    "choice": {"answerCoding": {"code": "a"}},
    "choices": {"answerCoding": {"code": "b"}},
    "open": {"answerCoding": {"code": "a"}},
    "rows": {"answerString": "1"},
}


def question(link_id: str, kind: str) -> dict[str, Any]:
    """A question of a kind."""
    made: dict[str, Any] = {"linkId": link_id, "type": kind, "text": link_id}
    if kind in ("choice", "choices", "open"):
        made["type"] = "open-choice" if kind == "open" else "choice"
        made["repeats"] = kind == "choices"
        made["answerOption"] = [
            {"valueCoding": {"code": code, "display": code, "extension": [{"url": ORDINAL, "valueDecimal": weight}]}}
            for code, weight in (("a", 0), ("b", 1.5), ("c", -2))
        ]
    elif kind == "rows":
        made |= {"type": "string", "repeats": True}
    return made


@st.composite
def forms(draw: st.DrawFn) -> dict[str, Any]:
    """A form of up to three groups, some repeating; conditions look backwards, so none goes in a circle."""
    asked: list[tuple[str, str]] = []
    groups = []
    for number in range(draw(st.integers(1, 3))):
        repeats = draw(st.booleans())
        items = []
        for place in range(draw(st.integers(1, 4))):
            kind = draw(st.sampled_from(KINDS))
            one = question(f"q{number}.{place}", kind)
            one["required"] = draw(st.booleans())
            one["readOnly"] = draw(st.sampled_from([False, False, False, True]))
            if draw(st.sampled_from([False, False, False, True])):
                one["extension"] = [{"url": HIDDEN, "valueBoolean": True}]
            _condition(draw, one, asked)
            asked.append((one["linkId"], kind))
            items.append(one)
        group = {"linkId": f"g{number}", "type": "group", "text": f"g{number}", "repeats": repeats, "item": items}
        group["required"] = draw(st.booleans())
        _condition(draw, group, [one for one in asked if not one[0].startswith(f"q{number}.")])
        groups.append(group)
    return {"resourceType": "Questionnaire", "language": "nb", "item": groups}


def _condition(draw: st.DrawFn, item: dict[str, Any], asked: list[tuple[str, str]]) -> None:
    count = draw(st.integers(0, 2)) if asked else 0
    found = []
    for _ in range(count):
        link_id, kind = draw(st.sampled_from(asked))
        operator = draw(st.sampled_from(["=", "!=", "exists", ">", "<="]))
        wanted = {"answerBoolean": draw(st.booleans())} if operator == "exists" else EXPECTED[kind]
        found.append({"question": link_id, "operator": operator, **wanted})
    if found:
        item["enableWhen"] = found
        item["enableBehavior"] = draw(st.sampled_from(["all", "any"]))


@st.composite
def answers(draw: st.DrawFn, form: dict[str, Any]) -> dict[str, Any]:
    """Something typed in some places, sensible or not."""
    found: dict[str, Any] = {}
    for group in form["item"]:
        rows = [f"{group['linkId']}:{row}/" for row in draw(st.sets(st.sampled_from(["1", "2", "k3"])))]
        for prefix in rows if group["repeats"] else [""]:
            for one in group["item"]:
                kind = kind_of(one)
                for path in [f"{prefix}{one['linkId']}{end}" for end in ([":1", ":2"] if kind == "rows" else [""])]:
                    if draw(st.booleans()):
                        found[path] = draw(TYPED[kind])
    return found


def kind_of(item: dict[str, Any]) -> str:
    """Which of our kinds a question is."""
    if item["type"] == "choice":
        return "choices" if item["repeats"] else "choice"
    if item["type"] == "open-choice":
        return "open"
    return "rows" if item["type"] == "string" and item.get("repeats") else item["type"]


# --- The slow, obvious version ---------------------------------------------------------------------------------------
# What each typed value means, written out; None: nothing was answered, or it can't be read.
MEANS = {
    "integer": {"1": Decimal(1), "2": Decimal(2), "-3": Decimal(-3)},
    "decimal": {"1": Decimal(1), "2,5": Decimal("2.5"), "-3.25": Decimal("-3.25")},
    "date": {"2026-01-02": (20260102, 20260102), "24.3.2026": (20260324, 20260324), "2026": (20260101, 20261231)},
}
WEIGHTS = {"a": Decimal(0), "b": Decimal("1.5"), "c": Decimal(-2)}


class Slow:
    """Works everything out by asking again and again, remembering nothing."""

    def __init__(self, form: dict[str, Any], given: dict[str, Any]) -> None:
        self.form, self.given = form, given
        self.group_of = {one["linkId"]: group for group in form["item"] for one in group["item"]}
        self.items = {one["linkId"]: one for group in form["item"] for one in group["item"]}

    def rows(self, group: dict[str, Any]) -> list[str]:
        if not group["repeats"]:
            return [""]
        start = f"{group['linkId']}:"
        found = {
            path.split("/")[0] + "/" for path, raw in self.given.items() if path.startswith(start) and raw is not None
        }
        return sorted(found) or [f"{start}1/"]

    def paths(self, link_id: str, row: str | None) -> list[str]:
        group = self.group_of[link_id]
        rows = [row] if row is not None and row in self.rows(group) else self.rows(group)
        ends = [":1", ":2"] if kind_of(self.items[link_id]) == "rows" else [""]
        return [f"{one}{link_id}{end}" for one in rows for end in ends]

    def means(self, link_id: str, path: str) -> list[Any]:
        raw, kind = self.given.get(path), kind_of(self.items[link_id])
        if raw is None or raw == [] or (isinstance(raw, str) and not raw.strip()):
            return []
        if kind in MEANS:
            return [MEANS[kind][raw]] if raw in MEANS[kind] else []
        if kind == "choice":
            return [raw] if raw in WEIGHTS else []
        if kind == "choices":
            return list(raw)
        if kind == "open":
            return [] if raw == {"odd": 1} else ["<else>"] if isinstance(raw, dict) else [raw]
        return [raw]

    def asked(self, link_id: str, row: str) -> bool:
        if link_id in self.items:
            group = self.group_of[link_id]
            return self.asked(group["linkId"], row) and self.holds(self.items[link_id], row, group)
        group = next(one for one in self.form["item"] if one["linkId"] == link_id)
        return self.holds(group, "", None)

    def holds(self, item: dict[str, Any], row: str, inside: dict[str, Any] | None) -> bool:
        verdicts = []
        for one in item.get("enableWhen", ()):
            link_id = one["question"]
            same_row = row if inside is not None and self.group_of[link_id] is inside and inside["repeats"] else None
            values = [
                value
                for path in self.paths(link_id, same_row)
                if self.asked(link_id, path.rpartition("/")[0] + "/" if "/" in path else "")
                for value in self.means(link_id, path)
            ]
            verdicts.append(self.compares(one, values, kind_of(self.items[link_id])))
        if not verdicts:
            return True
        return all(verdicts) if item["enableBehavior"] == "all" else any(verdicts)

    def compares(self, one: dict[str, Any], values: list[Any], kind: str) -> bool:
        operator = one["operator"]
        if operator == "exists":
            return bool(values) == one["answerBoolean"]
        wanted: Any = next(value for name, value in one.items() if name.startswith("answer"))
        wanted = wanted["code"] if isinstance(wanted, dict) else wanted
        if kind == "date":
            wanted = (20260102, 20260102)
        elif kind in ("integer", "decimal"):
            wanted = Decimal(str(wanted))
        if operator == "!=":
            return bool(values) and wanted not in values
        if operator == "=":
            return wanted in values
        return any(self.orders(operator, value, wanted, kind) for value in values)

    def orders(self, operator: str, value: Any, wanted: Any, kind: str) -> bool:
        if kind in ("boolean",):
            return False
        if kind in ("choice", "choices", "open"):
            return False
        if kind == "date":
            return value[0] > wanted[1] if operator == ">" else value == wanted or value[1] < wanted[0]
        return value > wanted if operator == ">" else value <= wanted

    def score(self) -> Decimal | None:
        found = [
            WEIGHTS[value]
            for link_id in self.items
            for path in self.paths(link_id, None)
            if self.asked(link_id, path.rpartition("/")[0] + "/" if "/" in path else "")
            for value in self.means(link_id, path)
            if value in WEIGHTS and kind_of(self.items[link_id]) in ("choice", "choices", "open")
        ]
        return sum(found, Decimal(0)) if found else None
