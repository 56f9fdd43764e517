"""The form that assessors score on, made from a round's criteria (vurderingsskjema): a FHIR Questionnaire. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helsevev.network.applications.rules.rounds_content import Criterion, CriterionKind

TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
CONTROL = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"
ADVICE, COMMENT = "advice", "comment"
SCORE, REASON = "score-", "reason-"
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
    return {"valueCoding": {"system": "urn:helsevev", "code": code, **_said("display", texts)}}


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
