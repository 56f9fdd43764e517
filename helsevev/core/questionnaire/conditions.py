"""When a question is asked: other questions' answers compared with expected ones.

`exists` looks whether there is an answer. `=`, `<` and their like hold when any of the answers does. `!=` holds when
there is an answer and none of them is the expected one. An answer to a question that isn't asked itself is no answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from helsevev.core.questionnaire import extensions
from helsevev.core.questionnaire.model import Measured, Option, Other
from helsevev.core.questionnaire.values import before, clock_time, day, moment

OPERATORS = frozenset({"exists", "=", "!=", ">", "<", ">=", "<="})


@dataclass(frozen=True)
class Coded:
    """An expected choice: its code, and its system where the form says one."""

    code: str
    system: str = ""


def expected(raw: Mapping[str, Any]) -> Any:  # noqa: ANN401 whatever kind of answer
    """The answer that a condition names, typed as answers are; None when it names none that we can read."""
    name = next((one for one in raw if one.startswith("answer")), "")
    given = raw.get(name)
    if isinstance(given, Mapping):
        if name == "answerCoding":
            code = given.get("code") or given.get("display")
            return Coded(str(code), str(given.get("system") or "")) if code else None
        if name == "answerQuantity":
            return extensions.decimal(given.get("value"))
        return given.get("display") or given.get("reference")
    if isinstance(given, str):
        readers = {"answerDate": day, "answerDateTime": moment, "answerTime": clock_time}
        return readers[name](given) if name in readers else given
    return given if isinstance(given, bool) else extensions.decimal(given)


def holds(operator: str, wanted: object, answers: Sequence[Any]) -> bool:
    """Whether a condition holds of the answers to its question."""
    if operator == "exists":
        return bool(answers) is wanted
    if operator == "!=":
        return bool(answers) and not any(_same(one, wanted) for one in answers)
    if operator == "=":
        return any(_same(one, wanted) for one in answers)
    return any(_stands(operator, _plain(one), wanted) for one in answers)


def _same(answer: object, wanted: object) -> bool:
    if isinstance(answer, Option):
        if isinstance(wanted, Coded):
            if answer.kind != "Coding":
                return answer.key == wanted.code
            told = str(answer.given.get("system") or "")
            return wanted.code in (answer.given.get("code"), answer.key) and wanted.system in ("", told)
        if isinstance(wanted, Decimal):
            return answer.key == str(wanted)
        return answer.key == str(wanted)
    if isinstance(answer, bool) or isinstance(wanted, bool):
        return answer is wanted
    return _plain(answer) == wanted


def _stands(operator: str, answer: object, wanted: object) -> bool:
    """Whether an answer stands so to the expected one; what can't be put in order doesn't."""
    if isinstance(answer, bool) or isinstance(wanted, bool):
        return False
    if operator in (">=", "<=") and answer == wanted:
        return True
    return before(wanted, answer) if operator in (">", ">=") else before(answer, wanted)


def _plain(answer: object) -> object:
    if isinstance(answer, Measured):
        return answer.number
    if isinstance(answer, Option):
        return _in_order(answer)
    return answer.text if isinstance(answer, Other) else answer


def _in_order(option: Option) -> object:
    """A choice that is a number, a date or a time stands in their order."""
    if option.kind == "Integer":
        return extensions.decimal(option.given)
    if option.kind == "Date":
        return day(option.key)
    return clock_time(option.key) if option.kind == "Time" else option.key
