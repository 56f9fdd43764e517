"""Rounds past their deadline for tests: applications sent in, a panel, and everything given as far as one asks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from applying import HOSPITAL, MUNICIPALITY, begun, confirmed, filled, sent
from django.test import Client
from django.utils import timezone
from rounds import opened

from helsevev.commons.forms import actions as forms
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Role
from helsevev.network.applications.models import Application, PanelMember, Round
from helsevev.network.applications.queries import applying as asking
from helsevev.network.applications.rules.rounds_content import CriterionKind, Outcome
from helsevev.network.assessment.actions import boards, screening
from helsevev.network.assessment.actions import judging as acting
from helsevev.network.assessment.models import Assessment, Board
from helsevev.network.assessment.queries import desk
from helsevev.network.assessment.rules import questions
from helsevev.network.assessment.rules.board import Placed, Step
from helsevev.network.assessment.rules.screening import Verdict

AT = "/en/assessment/"
SEATS = {
    Role.ASSESSOR: PanelMember.Part.ASSESSOR,
    Role.RESOURCE_GROUP: PanelMember.Part.RESOURCE_GROUP,
    Role.STEERING_GROUP: PanelMember.Part.STEERING_GROUP,
}


@dataclass
class Year:
    """A round with its people and applications."""

    round: Round
    leader: User
    people: dict[str, User]
    browsers: dict[str, Client]
    applications: list[Application] = field(default_factory=list)

    @property
    def by(self) -> str:
        """The secretary, as the trail calls them."""
        return str(self.people["secretariat"].key)

    def one(self, number: int = 0) -> Application:
        """An application as it stands now."""
        return asking.one(self.applications[number].key)

    @property
    def version(self) -> int:
        """The board's version now."""
        return desk.board(self.round).version


def closed_round(person: Callable[..., User], sign_in: Callable[..., Client], count: int = 2) -> Year:
    """A round with applications, closed a minute ago, and a panel with two assessors and one of each group."""
    round_ = opened()
    leader = person(Role.PROJECT_LEADER, MUNICIPALITY)
    people = {"secretariat": person(Role.SECRETARIAT), "leader": leader}
    for name, role in (
        ("kari", Role.ASSESSOR),
        ("ola", Role.ASSESSOR),
        ("resource", Role.RESOURCE_GROUP),
        ("steering", Role.STEERING_GROUP),
    ):
        people[name] = person(role)
        PanelMember.objects.create(round=round_, user=people[name], part=SEATS[role])
    applications = []
    for number in range(count):
        row = begun(round_, leader, f"Kols hjemme {number + 1}")
        filled(row)
        forms.save(row.sheet, [forms.Change("title", f"Kols hjemme {number + 1}", 10_000)], "system:test")
        confirmed(row, MUNICIPALITY, HOSPITAL)
        sent(asking.one(row.key), leader)
        applications.append(row)
    Round.objects.filter(pk=round_.pk).update(
        closes_at=timezone.now() - timedelta(minutes=1), supports=["tailored", "group"], hours=200
    )
    round_ = desk.round_at_work(round_.code)
    return Year(round_, leader, people, {name: sign_in(user) for name, user in people.items()}, applications)


def judged(year: Year, number: int, *found: tuple[Verdict, str]) -> None:
    """Conditions are judged on the application's sheet in turn, the rest to be met."""
    sheet = screening.begin(year.one(number), year.by, "nb")
    codes = [one.code for one in desk.criteria(year.round, CriterionKind.ELIGIBILITY)]
    every = [*found, *[(Verdict.MET, "")] * (len(codes) - len(found))]
    answers = questions.screening_answers(dict(zip(codes, every, strict=True)))
    forms.save(sheet, [forms.Change(path, value, 10_000) for path, value in answers.items()], year.by)
    screening.keep(year.one(number))


def screened(year: Year) -> None:
    """Every condition is met."""
    for number in range(len(year.applications)):
        judged(year, number)
        screening.finish(year.one(number), year.by, stop=False)


def shared(year: Year) -> None:
    """Two assessors have each application, and have declared to have no conflict."""
    acting.share_out(year.round, 2, None, year.by)
    for one in Assessment.objects.filter(application__round=year.round).select_related("user", "application"):
        acting.declare(one.application, one.user, conflict=False, reason="")


def scored(year: Year, name: str, number: int, score: int = 3) -> Assessment:
    """Somebody gives an assessment with the same score everywhere."""
    user = year.people[name]
    row = Assessment.objects.get(user=user, application=year.applications[number])
    row = acting.begin(row, str(user.key), "nb")
    codes = [one.code for one in desk.criteria(year.round, CriterionKind.ASSESSED)]
    answers = {f"score-{code}": str(score) for code in codes} | {f"reason-{code}": f"Fordi {code}." for code in codes}
    answers |= {"advice": "support"}
    forms.save(row.sheet, [forms.Change(path, value, 0) for path, value in answers.items()], str(user.key))
    return acting.give(row, str(user.key))


def placed(year: Year, *outcomes: Outcome, name: str = "resource") -> None:
    """The applications are placed in turn."""
    role = {"resource": Role.RESOURCE_GROUP, "steering": Role.STEERING_GROUP}[name]
    for number, outcome in enumerate(outcomes):
        hours = 50 if outcome in (Outcome.TAILORED, Outcome.GROUP) else 0
        wanted = Placed(outcome, hours, 0, f"Begrunnelse {number + 1}.")
        by = str(year.people[name].key)
        boards.place(year.one(number), wanted, by, frozenset({role}), year.version)


def taken(year: Year, step: Step, name: str, why: str = "") -> Board:
    """A step with the whole board."""
    role = Role.RESOURCE_GROUP if name == "resource" else Role.STEERING_GROUP
    return boards.step(year.round, step, str(year.people[name].key), frozenset({role}), year.version, why)


def decided(year: Year, *outcomes: Outcome) -> None:
    """From the deadline to the decision."""
    screened(year)
    shared(year)
    for number in range(len(year.applications)):
        scored(year, "kari", number)
        scored(year, "ola", number, 2)
    placed(year, *(outcomes or (Outcome.TAILORED, Outcome.DECLINED)))
    taken(year, Step.RECOMMEND, "resource")
    taken(year, Step.DECIDE, "steering")
