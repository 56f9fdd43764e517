"""Forms by example: what is read, what is refused, what isn't honoured; conditions, limits, expressions, patterns."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from helsevev.core.questionnaire import expressions, patterns, reading, response, texts, values
from helsevev.core.questionnaire.evaluating import Evaluation, evaluate, initial
from helsevev.core.questionnaire.model import Kind, Questionnaire

HL7 = "http://hl7.org/fhir/StructureDefinition/"
FORMS = Path(__file__).resolve().parents[2] / "data" / "forms"


def form(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"resourceType": "Questionnaire", "language": "nb-NO", "item": list(items), **more}


def read(*items: dict[str, Any], **more: Any) -> Questionnaire:
    found = reading.read(form(*items, **more))
    assert found.questionnaire, found.faults
    return found.questionnaire


def answered(*items: dict[str, Any], **typed: Any) -> Evaluation:
    return evaluate(read(*items), typed)


def problem(item: dict[str, Any], raw: Any) -> str:
    spot = answered({"linkId": "q", "type": "string", **item}, q=raw).spots["q"]
    return str(spot.problem) if spot.problem else ""


def extension(name: str, **value: Any) -> dict[str, Any]:
    return {"url": HL7 + name, **value}


def option(code: str, weight: float | None = None, **more: Any) -> dict[str, Any]:
    coding: dict[str, Any] = {"code": code, "display": code.upper(), "system": "urn:x"}
    if weight is not None:
        coding["extension"] = [extension("ordinalValue", valueDecimal=weight)]
    return {"valueCoding": coding, **more}


@pytest.mark.parametrize(
    ("raw", "place", "why"),
    [
        ([], "", "isn't a FHIR Questionnaire"),
        ({"resourceType": "Patient"}, "resourceType", "isn't a FHIR Questionnaire"),
        (form(), "item", "no questions"),
        (form({"type": "string"}), "item[0].linkId", "linkId"),
        (form({"linkId": "x" * 65, "type": "string"}), "item[0].linkId", "linkId"),
        (form({"linkId": "a", "type": "question"}), "item[0].type", "no kind"),
        (form({"linkId": "a", "type": "string"}, {"linkId": "a", "type": "text"}), "item[1].linkId", "twice"),
        (
            form(
                {
                    "linkId": "a",
                    "type": "string",
                    "enableWhen": [{"question": "b", "operator": "exists", "answerBoolean": True}],
                }
            ),
            "item[0]",
            "no question 'b'",
        ),
        (
            form(
                {"linkId": "g", "type": "group"},
                {
                    "linkId": "a",
                    "type": "string",
                    "enableWhen": [{"question": "g", "operator": "exists", "answerBoolean": True}],
                },
            ),
            "item[1]",
            "group or a text",
        ),
        (
            form(
                {
                    "linkId": "a",
                    "type": "string",
                    "enableWhen": [{"question": "a", "operator": "~", "answerBoolean": True}],
                }
            ),
            "item[0].enableWhen[0].operator",
            "way to compare",
        ),
        (
            form({"linkId": "a", "type": "string", "enableWhen": [{"question": "a", "operator": "="}]}),
            "item[0].enableWhen[0]",
            "which answer",
        ),
        (
            form(
                {
                    "linkId": "a",
                    "type": "integer",
                    "extension": [extension("minValue", valueInteger=5), extension("maxValue", valueInteger=4)],
                }
            ),
            "item[0]",
            "smallest",
        ),
        (form("no object"), "item[0]", "question or a group"),
        (form({"linkId": "a", "type": "group", "item": {}}), "item[0].item", "list"),
    ],
)
def test_what_makes_a_form_unusable_is_said_with_its_place(raw, place, why):
    found = reading.read(raw)
    assert found.questionnaire is None
    assert any(fault.place == place and why in str(fault.refusal) for fault in found.faults), found.faults


def test_conditions_in_a_circle_are_refused():
    def waits(one: str, other: str) -> dict[str, Any]:
        when = [{"question": other, "operator": "=", "answerString": "x"}]
        return {"linkId": one, "type": "string", "enableWhen": when}

    found = reading.read(form(waits("a", "b"), waits("b", "c"), waits("c", "a")))
    assert "circle: a, b, c" in str(found.faults[0])


def test_a_chain_of_a_thousand_conditions_is_worked_out():
    items = [{"linkId": "q0", "type": "string"}] + [
        {
            "linkId": f"q{n}",
            "type": "string",
            "required": True,
            "enableWhen": [{"question": f"q{n - 1}", "operator": "exists", "answerBoolean": True}],
        }
        for n in range(1, 1500)
    ]
    questionnaire = read(*items)
    assert len(evaluate(questionnaire, {f"q{n}": "x" for n in range(1500)}).missing) == 0
    broken = evaluate(questionnaire, {f"q{n}": "x" for n in range(1500) if n != 700})
    assert [spot.path for spot in broken.missing] == ["q700"]
    assert len(broken.left_over) == 799


def test_what_is_not_honoured_is_named_with_its_place():
    found = reading.read(
        form(
            {"linkId": "a", "type": "string", "extension": [{"url": "http://example.org/odd", "valueString": "x"}]},
            {"linkId": "b", "type": "choice", "answerValueSet": "http://example.org/elsewhere"},
            {"linkId": "c", "type": "string", "extension": [extension("regex", valueString="(a+)+")]},
            {
                "linkId": "d",
                "type": "string",
                "_text": {"extension": [extension("rendering-markdown", valueMarkdown="**x**")]},
            },
        )
    )
    assert [one.place for one in found.unhonoured] == ["item[0]", "item[1]", "item[2]", "item[3].text"]
    assert found.questionnaire
    assert found.questionnaire.by_link_id["b"].kind is Kind.STRING


def test_help_translations_and_contained_choices_are_read():
    found = read(
        {
            "linkId": "a",
            "type": "choice",
            "text": "Hva?",
            "_text": {
                "extension": [
                    extension(
                        "translation",
                        extension=[{"url": "lang", "valueCode": "nn-NO"}, {"url": "content", "valueString": "Kva?"}],
                    )
                ]
            },
            "answerValueSet": "#set",
            "item": [
                {
                    "linkId": "h",
                    "type": "text",
                    "text": "Hjelp",
                    "extension": [
                        extension("questionnaire-itemControl", valueCodeableConcept={"coding": [{"code": "help"}]})
                    ],
                }
            ],
        },
        contained=[
            {
                "resourceType": "ValueSet",
                "id": "set",
                "compose": {
                    "include": [
                        {
                            "system": "urn:s",
                            "concept": [
                                {
                                    "code": "1",
                                    "display": "En",
                                    "designation": [{"language": "en", "value": "One"}],
                                    "extension": [extension("ordinalValue", valueDecimal=2)],
                                }
                            ],
                        }
                    ]
                },
            }
        ],
    )
    item = found.by_link_id["a"]
    assert (item.text.in_language("nn"), item.text.in_language("en"), item.text.language_of("en")) == (
        "Kva?",
        "Hva?",
        "nb",
    )
    assert item.help.in_language("nb") == "Hjelp"
    assert "h" not in found.by_link_id
    assert (item.options[0].text.in_language("en"), item.options[0].weight) == ("One", 2)


@pytest.mark.parametrize(
    ("operator", "expected", "typed", "holds"),
    [
        ("exists", {"answerBoolean": True}, "3", True),
        ("exists", {"answerBoolean": False}, "3", False),
        ("exists", {"answerBoolean": False}, None, True),
        ("=", {"answerInteger": 3}, "3", True),
        ("!=", {"answerInteger": 3}, "3", False),
        ("!=", {"answerInteger": 4}, "3", True),
        ("!=", {"answerInteger": 4}, None, False),
        (">", {"answerInteger": 3}, "3", False),
        (">=", {"answerInteger": 3}, "3", True),
        ("<", {"answerInteger": 4}, "3", True),
        ("<=", {"answerDecimal": 2.5}, "3", False),
        ("=", {"answerInteger": 3}, "three", False),
    ],
)
def test_every_operator(operator, expected, typed, holds):
    asks = {"linkId": "b", "type": "string", "enableWhen": [{"question": "a", "operator": operator, **expected}]}
    found = answered({"linkId": "a", "type": "integer"}, asks, a=typed)
    assert found.spots["b"].enabled is holds


def test_conditions_look_at_their_own_row():
    group = {
        "linkId": "g",
        "type": "group",
        "repeats": True,
        "item": [
            {"linkId": "a", "type": "boolean"},
            {
                "linkId": "b",
                "type": "string",
                "required": True,
                "enableWhen": [{"question": "a", "operator": "=", "answerBoolean": True}],
            },
        ],
    }
    found = answered(group, **{"g:1/a": True, "g:2/a": False})
    assert [spot.path for spot in found.missing] == ["g:1/b"]


def test_an_empty_row_of_what_need_not_be_given_is_not_missing():
    group = {
        "linkId": "g",
        "type": "group",
        "repeats": True,
        "item": [{"linkId": "a", "type": "string", "required": True}],
    }
    assert answered(group).is_complete
    assert [spot.path for spot in answered({**group, "required": True}).missing] == ["g"]
    assert answered({**group, "required": True}, **{"g:1/a": "x"}).is_complete


@pytest.mark.parametrize(
    ("item", "raw", "why"),
    [
        ({"type": "integer"}, "1,5", "whole"),
        ({"type": "decimal"}, "1 234,5", ""),
        ({"type": "decimal"}, "1e5", "number"),
        ({"type": "decimal"}, "9" * 16, "number"),
        ({"type": "decimal", "extension": [extension("maxDecimalPlaces", valueInteger=1)]}, "1.25", "decimals"),
        ({"type": "integer", "extension": [extension("minValue", valueInteger=2)]}, "1", "smallest"),
        ({"type": "integer", "extension": [extension("maxValue", valueInteger=2)]}, "3", "largest"),
        ({"type": "date"}, "24.3.2026", ""),
        ({"type": "date"}, "2026-02-30", "date"),
        ({"type": "date", "extension": [extension("minValue", valueDate="2026-01-01")]}, "2025-12-31", "earliest"),
        ({"type": "date", "extension": [extension("maxValue", valueDate="2026-01-01")]}, "2027", "latest"),
        ({"type": "dateTime"}, "2026-03-24T12:30", ""),
        ({"type": "dateTime"}, "24.3.2026 12:30", ""),
        ({"type": "dateTime"}, "2026-03-24", "date and a time"),
        ({"type": "time"}, "25:00", "time"),
        ({"type": "url"}, "javascript:alert(1)", "https://"),
        ({"type": "url"}, "https://example.org/a b", "https://"),
        ({"type": "url"}, "https://example.org/å", ""),
        ({"maxLength": 3}, "four", "at most 3"),
        ({"extension": [extension("minLength", valueInteger=3)]}, "no", "at least 3"),
        ({"extension": [extension("regex", valueString="[0-9]{4}")]}, "12345", "way"),
        ({"extension": [extension("regex", valueString="[0-9]{4}")]}, "1234", ""),
        ({}, ["a"], "read"),
        ({}, {"a": 1}, "read"),
        ({}, "\x00", "character"),
        ({"type": "boolean"}, "yes", "read"),
        ({"type": "choice", "answerOption": [option("a")]}, "b", "choices"),
        ({"type": "choice", "answerOption": [option("a")]}, {"other": "b"}, "choices"),
        ({"type": "open-choice", "answerOption": [option("a")]}, {"other": "b"}, ""),
        (
            {
                "type": "choice",
                "repeats": True,
                "answerOption": [
                    option("a"),
                    option("b", extension=[extension("questionnaire-optionExclusive", valueBoolean=True)]),
                ],
            },
            ["a", "b"],
            "together",
        ),
        (
            {
                "type": "choice",
                "repeats": True,
                "answerOption": [option("a"), option("b")],
                "extension": [extension("questionnaire-maxOccurs", valueInteger=1)],
            },
            ["a", "b"],
            "At most 1",
        ),
        ({"type": "attachment"}, {"file": "k"}, "read"),
        (
            {"type": "attachment", "extension": [extension("maxSize", valueDecimal=1)]},
            {"file": "k", "name": "n", "size": 2_000_000},
            "larger",
        ),
        ({"type": "quantity"}, "12,5", ""),
        ({"type": "quantity"}, {"number": "1", "unit": "odd"}, "choices"),
    ],
)
def test_each_kind_and_limit(item, raw, why):
    said = problem(item, raw)
    assert why in said if why else not said


def test_scores_and_the_portals_sums():
    scored = {"linkId": "a", "type": "choice", "answerOption": [option("x", 1), option("y", 2.5)]}
    more = {"linkId": "b", "type": "choice", "repeats": True, "answerOption": [option("x", 1), option("y", -3)]}
    formulas = "http://ehelse.no/scoringFormulas"
    whole = {"linkId": "ts", "type": "quantity", "code": [{"system": formulas, "code": "TS"}]}
    part = {"linkId": "ss", "type": "decimal", "code": [{"system": formulas, "code": "SS"}]}
    found = answered({"linkId": "g", "type": "group", "item": [scored, part]}, more, whole, a="y", b=["x", "y"])
    assert found.scores == {"a": Decimal("2.5"), "g": Decimal("2.5"), "b": -2, "": Decimal("0.5")}
    assert found.calculated == {"ts": "0.5", "ss": "2.5"}
    assert not answered(scored).scores


def link(link_id: str) -> str:
    return f"%resource.descendants().where(linkId='{link_id}').answer.value"


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * -3", "-9"),
        ("7 div 2 + 7 mod 2", "4"),
        ("1 / 0", None),
        (f"{link('a')} / ({link('b')} * {link('b')})", "0.75"),
        (f"({link('a')} / 7).round(2)", "0.43"),
        (f"iif({link('a')} > 2 and {link('b')}.exists(), 10, 20)", "10"),
        (f"{link('nothing')} + 1", None),
        (f"({link('a')}).count() + {link('nothing')}.count()", "1"),
        (f"{link('c')}.ordinal() + 1", "4"),
        (f"iif({link('c')}.code = 'x', 1, 2)", "1"),
        ("%resource.item.where(linkId='rows').answer.value.sum()", "6"),
        (f"%resource.item.where(linkId='rows').answer.value.max() - {link('rows')}.min()", "4"),
        ("QuestionnaireResponse.descendants().where(linkId='q').answer.value.value * 2", "25"),
    ],
)
def test_expressions(source, result):
    calculated = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
    items = [
        {"linkId": "a", "type": "integer"},
        {"linkId": "b", "type": "decimal"},
        {"linkId": "c", "type": "choice", "answerOption": [option("x", 3)]},
        {"linkId": "nothing", "type": "integer"},
        {"linkId": "rows", "type": "integer", "repeats": True},
        {"linkId": "q", "type": "quantity"},
        {
            "linkId": "it",
            "type": "decimal",
            "required": True,
            "extension": [{"url": calculated, "valueExpression": {"language": "text/fhirpath", "expression": source}}],
        },
    ]
    found = reading.read(form(*items))
    assert not found.unhonoured
    assert found.questionnaire
    typed = {"a": "3", "b": "2", "c": "x", "rows:1": "1", "rows:2": "5", "q": "12,5", "it": "typed past the page"}
    worked = evaluate(found.questionnaire, typed)
    assert worked.calculated.get("it") == result
    assert worked.left_over == {"it": "typed past the page"}
    assert worked.is_complete


@pytest.mark.parametrize(
    "source",
    [
        "%patient.name",
        "today()",
        "a.b",
        "1 +",
        "(1",
        "%resource",
        "%resource.where(x='1')",
        "1 ~ 2",
        "aggregate($this)",
        "%resource.item.where(linkId='a').all()",
        "$total",
        "(" * 3000,
        "-" * 1999,
        "1" + "+1" * 1500,
        "__import__('os')",
    ],
)
def test_expressions_beyond_us_are_refused(source):
    with pytest.raises(expressions.Unhonoured):
        expressions.compile_expression(source)


@pytest.mark.parametrize(
    "text", [r"[0-9]{4}", r"\d{3} ?\d{3} ?\d{3}", r"[^@\s]+@[^@\s]+\.[^@\s]+", r"a|b", r"(?:ab)?c", r"[]x]+"]
)
def test_safe_patterns_are_used(text):
    assert patterns.safe(text)


@pytest.mark.parametrize(
    "text",
    [
        r"(a+)+",
        r"(a|aa)+",
        r"(a*)*b",
        r"([a-z]+\.)*x",
        r"(a)\1",
        r"a*a*a*a*b",
        "(",
        "(?=a)a",
        "a?" * 30 + "a" * 30,
        "x" * 600,
    ],
)
def test_slow_patterns_are_not_used(text):
    assert patterns.safe(text) is None


def test_a_safe_pattern_is_fast_on_the_worst_answer():
    safe = patterns.safe(r"[^@\s]+@[^@\s]+\.[^@\s]+")
    assert safe
    assert not safe.pattern.fullmatch("a" * safe.longest)
    assert "at most" in problem(
        {"extension": [extension("regex", valueString=r"[^@\s]+@[^@\s]+\.[^@\s]+")]}, "a" * 5000
    )


def test_what_stands_there_from_the_beginning():
    found = read(
        {"linkId": "a", "type": "string", "initial": [{"valueString": "x"}]},
        {"linkId": "b", "type": "choice", "answerOption": [option("p"), option("q", initialSelected=True)]},
        {"linkId": "c", "type": "choice", "repeats": True, "answerOption": [option("p", initialSelected=True)]},
        {"linkId": "d", "type": "integer", "repeats": True, "initial": [{"valueInteger": 1}, {"valueInteger": 2}]},
    )
    assert initial(found) == {"a": "x", "b": "q", "c": ["p"], "d:1": "1", "d:2": "2"}


def test_questions_below_a_question_and_odd_link_ids_survive_the_way_there_and_back():
    from datetime import UTC, datetime

    found = read(
        {"linkId": "1/a:b c", "type": "boolean", "item": [{"linkId": "1.1", "type": "string"}]},
        {"linkId": "2", "type": "string", "repeats": True, "item": [{"linkId": "2.1", "type": "string"}]},
        {
            "linkId": "3",
            "type": "quantity",
            "extension": [
                extension("questionnaire-unitOption", valueCoding={"code": "mo", "display": "months"}),
                extension("questionnaire-unitOption", valueCoding={"code": "a", "display": "years"}),
            ],
        },
        {"linkId": "4", "type": "attachment"},
        {"linkId": "5", "type": "dateTime"},
        {"linkId": "6", "type": "reference"},
    )
    typed = {
        "1%2Fa%3Ab%20c": True,
        "1.1": "below",
        "2:1": "one",
        "2:1/2.1": "under one",
        "2:k9": "two",
        "3": {"number": "12", "unit": "mo"},
        "4": {
            "file": "8d8a701c-abdf-4c12-a8bd-22c173227a3d",
            "name": "a.pdf",
            "kind": "pdf",
            "size": 5,
            "digest": "ab",
        },
        "5": "2026-03-24T12:30:00+01:00",
        "6": "Demo Hospital",
    }
    made = response.write(evaluate(found, typed), canonical="urn:x", key="k", authored=datetime.now(UTC), language="nb")
    assert response.read(found, json.loads(json.dumps(made))) == typed


def test_a_child_answer_below_an_unanswered_question_is_bound_too():
    from datetime import UTC, datetime

    found = read({"linkId": "a", "type": "boolean", "item": [{"linkId": "b", "type": "string"}]})
    made = response.write(
        evaluate(found, {"b": "x"}), canonical="urn:x", key="k", authored=datetime.now(UTC), language="nb"
    )
    assert response.read(found, made) == {"b": "x"}


def test_languages_fall_back_to_the_nearest():
    text = texts.Text({"nn": "nynorsk", "en": "English"}, "en")
    assert text.in_language("nb") == "nynorsk"
    assert texts.Text().in_language("nb") == ""
    assert texts.language_code("no") == "nb"


def test_pages_are_the_top_groups_and_what_lies_loose():
    found = read(
        {"linkId": "x", "type": "string"},
        {"linkId": "y", "type": "string"},
        {"linkId": "g", "type": "group", "item": [{"linkId": "a", "type": "string"}]},
        {"linkId": "r", "type": "group", "repeats": True, "item": [{"linkId": "b", "type": "string"}]},
    )
    assert [[item.link_id for item in page.items] for page in found.pages()] == [["x", "y"], ["a"], ["r"]]


@pytest.mark.parametrize(
    "raw", [None, 3, "x", [[]], {"a": 1}, True, 1.5, [None], {"other": 3}, {"number": None, "unit": "x"}]
)
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.GROUP, Kind.DISPLAY)])
def test_any_json_in_any_question_is_an_answer_or_a_fault_never_a_crash(kind, raw):
    item = {"linkId": "q", "type": kind.value, "answerOption": [option("a")], "repeats": False}
    spot = answered(item, q=raw).spots["q"]
    assert values.is_empty(raw) or bool(spot.typed) or spot.problem is not None


def test_the_products_own_forms_have_nothing_unhonoured():
    for path in FORMS.glob("*.json"):
        found = reading.read(json.loads(path.read_text(encoding="utf-8")))
        assert found.questionnaire
        assert not found.unhonoured, path
