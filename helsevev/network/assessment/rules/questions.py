"""The forms made from a round's criteria, for screening and for scoring (silings- og vurderingsskjema). Pure.

Both are FHIR Questionnaires.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helsevev.network.applications.rules.rounds_content import Criterion, CriterionKind
from helsevev.network.assessment.rules.screening import Verdict

TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
CONTROL = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"
ADVICE, COMMENT = "advice", "comment"
SCORE, REASON = "score-", "reason-"
VERDICT, WHY, REMARK = "verdict-", "why-", "remark-"
SYSTEM = "urn:helsevev"
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Words:
    """The words of the form that aren't the round's own, in every language."""

    title: Texts
    scores: Texts
    score: Texts
    reason: Texts
    last: Texts
    advice: Texts
    comment: Texts
    advices: Mapping[str, Texts]


@dataclass(frozen=True)
class ScreeningWords:
    """The words of the form that applications are screened on, in every language."""

    title: Texts
    conditions: Texts
    reason: Texts
    verdicts: Mapping[Verdict, Texts]


def screening(criteria: Iterable[Criterion], words: ScreeningWords) -> dict[str, Any]:
    """Every condition with its judgement; a reason must be given unless it is met, and may be given when it is."""
    every = [one for one in criteria if one.kind is CriterionKind.ELIGIBILITY]
    return {
        "resourceType": "Questionnaire",
        "status": "active",
        "language": "nb",
        **_said("title", words.title),
        "item": [
            {"linkId": "conditions", "type": "group", **_said("text", words.conditions), "item": [
                item for one in every for item in _condition(one, words)
            ]},
        ],
    }  # fmt: skip


def _condition(one: Criterion, words: ScreeningWords) -> list[dict[str, Any]]:
    verdict: dict[str, Any] = {
        "linkId": f"{VERDICT}{one.code}",
        "type": "choice",
        "required": True,
        **_said("text", one.names),
        "answerOption": [_option(code.value, texts) for code, texts in words.verdicts.items()],
    }
    if any(one.about.values()):
        control = {"coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "help"}]}
        extension = [{"url": CONTROL, "valueCodeableConcept": control}]
        said = _said("text", one.about)
        verdict["item"] = [{"linkId": f"about-{one.code}", "type": "display", "extension": extension, **said}]
    against = (Verdict.UNCLEAR, Verdict.NOT_MET)
    return [verdict, _why(WHY, one.code, words, *against), _why(REMARK, one.code, words, Verdict.MET)]


def _why(kind: str, code: str, words: ScreeningWords, *verdicts: Verdict) -> dict[str, Any]:
    return {
        "linkId": f"{kind}{code}",
        "type": "text",
        "required": kind == WHY,
        "maxLength": 4000,
        **_said("text", words.reason),
        "enableWhen": [
            {"question": f"{VERDICT}{code}", "operator": "=", "answerCoding": {"system": SYSTEM, "code": one.value}}
            for one in verdicts
        ],
        "enableBehavior": "any",
    }


def reason_path(code: str, verdict: Verdict) -> str:
    """Where the reason for a judgement stands."""
    return f"{REMARK if verdict is Verdict.MET else WHY}{code}"


def judged(answers: Mapping[str, Any]) -> dict[str, tuple[Verdict, str]]:
    """What a sheet of screening says so far: judgement and reason by condition."""
    found = {}
    for path, value in answers.items():
        if path.startswith(VERDICT) and value in list(Verdict):
            code, verdict = path.removeprefix(VERDICT), Verdict(value)
            found[code] = (verdict, str(answers.get(reason_path(code, verdict)) or "").strip())
    return found


def screening_answers(judgements: Mapping[str, tuple[Verdict, str]]) -> dict[str, str]:
    """Judgements as answers of a sheet."""
    found = {}
    for code, (verdict, reason) in judgements.items():
        found[f"{VERDICT}{code}"] = verdict.value
        if reason:
            found[reason_path(code, verdict)] = reason
    return found


def questionnaire(criteria: Iterable[Criterion], words: Words) -> dict[str, Any]:
    """A page with each criterion's level and reason, and one with what the assessor recommends."""
    scored = [one for one in criteria if one.kind is CriterionKind.ASSESSED and one.levels]
    return {
        "resourceType": "Questionnaire",
        "status": "active",
        "language": "nb",
        **_said("title", words.title),
        "item": [
            {"linkId": "scores", "type": "group", **_said("text", words.scores), "item": [
                _criterion(one, words) for one in scored
            ]},
            {"linkId": "last", "type": "group", **_said("text", words.last), "item": [
                {"linkId": ADVICE, "type": "choice", "required": True, **_said("text", words.advice),
                 "answerOption": [_option(code, texts) for code, texts in words.advices.items()]},
                {"linkId": COMMENT, "type": "text", "maxLength": 4000, **_said("text", words.comment)},
            ]},
        ],
    }  # fmt: skip


def _criterion(one: Criterion, words: Words) -> dict[str, Any]:
    levels = sorted(one.levels, key=lambda level: level.score)
    items: list[dict[str, Any]] = []
    if any(one.about.values()):
        items.append({"linkId": f"about-{one.code}", "type": "display", **_said("text", one.about)})
    items.append(
        {
            "linkId": f"{SCORE}{one.code}",
            "type": "choice",
            "required": True,
            **_said("text", words.score),
            "answerOption": [_option(str(level.score), _numbered(level.score, level.texts)) for level in levels],
        }
    )
    items.append(
        {
            "linkId": f"{REASON}{one.code}",
            "type": "text",
            "required": True,
            "maxLength": 4000,
            **_said("text", words.reason),
        }
    )
    weighted = {language: f"{name} ({one.weight} %)" for language, name in one.names.items()}
    return {"linkId": f"criterion-{one.code}", "type": "group", **_said("text", weighted), "item": items}


def _numbered(score: int, texts: Texts) -> Texts:
    return {language: f"{score}: {text}" for language, text in texts.items()} or {"nb": str(score)}


def _option(code: str, texts: Texts) -> dict[str, Any]:
    return {"valueCoding": {"system": SYSTEM, "code": code, **_said("display", texts)}}


def _said(name: str, texts: Texts) -> dict[str, Any]:
    """A text in bokmål with its translations beside it, as FHIR has them."""
    main = texts.get("nb") or next(iter(texts.values()), "")
    others: Sequence[dict[str, Any]] = [
        {"url": TRANSLATION, "extension": [
            {"url": "lang", "valueCode": language}, {"url": "content", "valueString": texts[language]}
        ]}
        for language in ("nn", "en")
        if texts.get(language)
    ]  # fmt: skip
    return {name: main, **({f"_{name}": {"extension": list(others)}} if others else {})}


def given(answers: Mapping[str, Any]) -> tuple[dict[str, tuple[int, str]], str, str]:
    """What bound answers say: score and reason by criterion, the recommendation, and the comment."""
    scores = {
        path.removeprefix(SCORE): (int(value), str(answers.get(f"{REASON}{path.removeprefix(SCORE)}", "")).strip())
        for path, value in answers.items()
        if path.startswith(SCORE) and str(value).lstrip("-").isdigit()
    }
    return scores, str(answers.get(ADVICE, "")), str(answers.get(COMMENT, "") or "").strip()
