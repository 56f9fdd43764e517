"""A case and its scenarios side by side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from helsevev.core import pricing
from helsevev.core.charts.wording import number
from helsevev.core.faults import Faulty
from helsevev.core.words import gettext_noop
from helsevev.toolbox.pricing.models import Scenario
from helsevev.toolbox.pricing.queries.cases import Subject


@dataclass(frozen=True)
class Column:
    """One scenario (kolonne): what it changes, its address with sliders, and its answer if it has one."""

    title: str
    scenario: Scenario | None
    changes: Mapping[str, float]
    answer: pricing.Answer | None

    @property
    def query(self) -> str:
        """The sliders' address."""
        return urlencode({name: str(value) for name, value in self.changes.items()})


ROWS: tuple[tuple[str, Callable[[pricing.Answer], float | None], int], ...] = (
    (gettext_noop("Cost a year, NOK"), lambda one: one.cost.total_nok, 0),
    (gettext_noop("Positions"), lambda one: one.staffing.positions, 2),
    (gettext_noop("Patients"), lambda one: sum(one.case.patients.values()), 1),
    (gettext_noop("Mean price of a patient-month, NOK"), lambda one: one.rates.mean_patient_month_nok, 0),
    (gettext_noop("Readiness hours a year"), lambda one: one.staffing.readiness_hours, 0),
    (gettext_noop("Agents in the busiest hour"), lambda one: max(hour.agents for hour in one.staffing.hours), 0),
    (gettext_noop("Step for one more agent-hour, NOK"), lambda one: one.rates.agent_hour_step_nok, 0),
)


def columns(
    subject: Subject, shape: Callable[[Mapping[str, Any], Mapping[str, float]], dict[str, Any]]
) -> list[Column]:
    """The case itself and each scenario; one that no longer can be reckoned has no answer."""
    found = [Column(_("The case"), None, {}, subject.answer)]
    for one in Scenario.objects.filter(case=subject.case):
        try:
            answer: pricing.Answer | None = pricing.price(pricing.read(shape(subject.content, one.changes)))
        except Faulty:
            answer = None
        found.append(Column(one.name, one, one.changes, answer))
    return found


def rows(found: list[Column], language: str) -> list[list[str]]:
    """The table: what is compared, and each column's number."""
    made = []
    for label, ask, decimals in ROWS:
        values = [ask(one.answer) if one.answer else None for one in found]
        made.append([_(label), *(_text(value, language, decimals) for value in values)])
    for place, bill in enumerate(found[0].answer.bills if found[0].answer else ()):
        bills = [one.answer.bills[place].total_nok if one.answer else None for one in found]
        made.append([bill.name, *(_text(value, language, 0) for value in bills)])
    return made


def _text(value: float | None, language: str, decimals: int) -> str:
    return "–" if value is None else number(round(value, decimals), language, decimals)
