"""A made-up survey for tests: a form, invitations, and answers that say who gave them."""

from typing import Any

from helsevev.commons.forms import actions as forms
from helsevev.commons.forms import queries as asking_forms
from helsevev.commons.forms.models import Form, FormVersion
from helsevev.core.surveys.splitting import Parts
from helsevev.network.surveys.actions import answering, making, moving
from helsevev.network.surveys.models import Invitation, Survey
from helsevev.network.surveys.rules.states import Kind, Step

BY = "system:test"
LEVELS = ("high", "some", "low", "very_low")
SIDES = ("municipality", "hospital")


def choice(key: str, text: str, codes: tuple[str, ...], *, required: bool = False) -> dict[str, Any]:
    options = [{"valueCoding": {"system": "urn:test", "code": one, "display": one.title()}} for one in codes]
    return {"linkId": key, "type": "choice", "text": text, "required": required, "answerOption": options}


def questionnaire(useful: str = "Var det nyttig?") -> dict[str, Any]:
    return {
        "resourceType": "Questionnaire",
        "status": "active",
        "language": "nb",
        "title": "Oppdiktet undersøkelse",
        "item": [
            choice("side", "Hvor arbeider du?", SIDES, required=True),
            choice("useful", useful, LEVELS),
            {"linkId": "more", "type": "text", "text": "Hva mer?"},
        ],
    }


def version(useful: str = "Var det nyttig?", key: str = "made-up-survey") -> FormVersion:
    form = Form.objects.filter(key=key).first() or forms.make(key, Form.Kind.SURVEY, BY)
    forms.publish(form, questionnaire(useful), BY)
    found = asking_forms.newest(key)
    assert found is not None
    return found


def survey(asked: FormVersion | None = None, year: int = 2026, **more: Any) -> Survey:
    """One that is open."""
    made = making.Made(Kind.SATISFACTION, asked or version(), year, groupings=("side",), **more)
    return moving.move(making.make(made, BY), Step.OPEN, BY)


def invited(found: Survey, people: int) -> list[Invitation]:
    making.invite(found, [making.Invitee(f"demo.{at}@example.invalid", f"Demo {at}") for at in range(people)], BY)
    return list(found.invitations.order_by("pk"))


def parts(side: str = "hospital", useful: str = "high", more: str = "") -> Parts:
    return Parts({"side": [side], "useful": [useful]}, {"more": more} if more else {})


def answer_all(found: Survey, people: list[Invitation]) -> None:
    """Each writes something that tells who it was, so that a test can look for it."""
    for at, row in enumerate(people):
        answering.answer(found, row, parts(SIDES[at % 2], LEVELS[at % 3], f"Hemmelig {at}"), 0)


def count(found: Survey) -> Survey:
    return moving.move(moving.move(found, Step.CLOSE, BY), Step.COUNT, BY)
