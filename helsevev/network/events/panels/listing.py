"""Those who registered as a table, for the page and for files: people, how they take part, and what they answered."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from helsevev.commons.forms import queries as forms
from helsevev.commons.forms.models import Sheet
from helsevev.core.sides import SIDE_NAMES, Side
from helsevev.core.tables import Cell
from helsevev.core.words import gettext_noop
from helsevev.network.events.models import Meeting
from helsevev.network.events.queries import people
from helsevev.network.events.rules.meetings import MODE_NAMES, Mode

HEADS = (
    gettext_noop("Name"),
    gettext_noop("E-mail address"),
    gettext_noop("Where they work"),
    gettext_noop("Side"),
    gettext_noop("Takes part"),
    gettext_noop("Stands"),
    gettext_noop("Registered"),
    gettext_noop("Came"),
)
STANDS = {"registered": gettext_noop("Has a place"), "waiting": gettext_noop("Waits")}


def header(meeting: Meeting, language: str) -> list[str]:
    """The heads of the columns; one for each question of the meeting's form."""
    return [*map(_, HEADS), *_questions(meeting, language)]


def _questions(meeting: Meeting, language: str) -> list[str]:
    asked = forms.empty(forms.compiled(meeting.form), language) if meeting.form else []
    return [one.label for one in asked if one.kind == "question"]


def lines(meeting: Meeting, language: str) -> Iterator[list[Cell]]:
    """One line for each person; answers stand with the one who gave them."""
    questions = _questions(meeting, language)
    for one in people.everyone(meeting):
        row = one.registration
        came = timezone.localtime(one.attended_at).replace(tzinfo=None) if one.attended_at else None
        asked = timezone.localtime(row.queued_at).replace(tzinfo=None) if row.queued_at else None
        plain: list[Cell] = [
            one.name,
            one.email,
            row.organisation,
            _(SIDE_NAMES[Side(row.side)]),
            _(MODE_NAMES[Mode(row.mode)]),
            _(STANDS[row.state]),
            asked,
            came,
        ]
        said = _answers(row.sheet, language) if row.sheet and one.position == 0 else {}
        yield [*plain, *(said.get(question, "") for question in questions)]


def _answers(sheet: Sheet, language: str) -> dict[str, str]:
    """What was answered to each question."""
    told = forms.told(forms.compiled(sheet.version), forms.answers(sheet), language)
    return {one.label: " ".join(one.lines) for one in told if one.kind == "question"}
