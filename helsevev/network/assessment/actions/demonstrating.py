"""What a demonstration shows of assessment: an invented round past its deadline, at work, with invented applications.

Everything in it is made by the actions that real rounds go through, at invented moments before now.
"""

from datetime import datetime, timedelta
from uuid import uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from helsevev.commons.forms import actions as forms
from helsevev.commons.people.models import Organisation, User
from helsevev.commons.people.rules import Role
from helsevev.network.applications.actions import demonstrating, preparing, rounds
from helsevev.network.applications.actions.demonstrating import NAMESPACE, Invented
from helsevev.network.applications.models import Application, Round
from helsevev.network.applications.rules import clock
from helsevev.network.applications.rules.rounds import Times
from helsevev.network.applications.rules.rounds_content import CriterionKind, Outcome
from helsevev.network.assessment.actions import boards, judging, screening
from helsevev.network.assessment.models import Assessment, Board
from helsevev.network.assessment.queries import desk
from helsevev.network.assessment.rules import questions
from helsevev.network.assessment.rules.board import Placed
from helsevev.network.assessment.rules.screening import Verdict

PLACE, BY = (2025, 3), "system:demo"
ADVICE = {4: "support", 3: "support", 1: "doubt"}
MUNICIPALITY, HOSPITAL = demonstrating.MUNICIPALITY, demonstrating.HOSPITAL
APPLICATIONS = (
    Invented("Oppdiktet: Felles vurderingsteam for eldre", MUNICIPALITY, ("SE",), "Sammenhengende forløp", "insight",
             "Ett team fra kommune og sykehus vurderer skrøpelige eldre hjemme."),
    Invented("Oppdiktet: Hjemmesykehus for barn", HOSPITAL, ("BU",), "Digital hjemmeoppfølging", "piloting",
             "Barn får behandling hjemme, med vakttelefon til avdelingen."),
    Invented("Oppdiktet: Trygge overganger i psykisk helse", HOSPITAL, ("PHR",), "Sammenhengende forløp", "anchoring",
             "Utskrivning planlegges sammen, og kommunen er med fra første dag."),
    Invented("Oppdiktet: Felles kalender for følgetjenesten", MUNICIPALITY, ("VOKSNE",), "Sammenhengende forløp",
             "insight", "Avtaler på begge nivåer vises i én kalender."),
)  # fmt: skip


def demonstrate(now: datetime | None = None) -> int:
    """Make the round if it isn't there; how many invented applications it got. Only where accounts are invented."""
    leader = demonstrating.person(Role.PROJECT_LEADER)
    if not settings.DEMO or leader is None or Round.objects.filter(year=PLACE[0], number=PLACE[1]).exists():
        return 0
    moment = now or timezone.now()
    with transaction.atomic():
        round_ = _round(moment)
        rows = [_apply(round_, one, leader, moment - timedelta(days=40)) for one in APPLICATIONS]
        _work(round_, rows, moment)
    return len(rows)


def _round(now: datetime) -> Round:
    """The invented round: it closed sixteen days ago, with everything the open one has, and the invented people."""
    noon = clock.wall(now).replace(hour=12, minute=0, second=0, microsecond=0)
    opens, closes, decides = (clock.moment(noon + timedelta(days=days)) for days in (-60, -16, 20))
    made = rounds.make_next(preparing.BY, PLACE, Times(opens, closes, decides))
    made.hours, made.focus_areas, made.supports = 300, list(demonstrating.AREAS), ["tailored"]
    made.texts = {**made.texts, "about": dict(demonstrating.ABOUT)}
    made.save(update_fields=["hours", "focus_areas", "supports", "texts"])
    demonstrating.seat(made)
    return rounds.publish(made, preparing.BY, clock.moment(noon - timedelta(days=61)))


def _apply(round_: Round, one: Invented, leader: User, then: datetime) -> Application:
    """One application, sent in while the round was open."""
    behind = tuple(Organisation.objects.get(key=key) for key in _owner_first(one.owner))
    demonstrating.make(round_, one, leader, (behind[0], behind[1]), None, then)
    return Application.objects.get(begun=uuid5(NAMESPACE, f"{round_.code} {one.title}"))


def _owner_first(owner: str) -> tuple[str, str]:
    return (owner, HOSPITAL if owner == MUNICIPALITY else MUNICIPALITY)


def _work(round_: Round, rows: list[Application], now: datetime) -> None:
    """All but the last are screened and shared out; some are scored, and the first is on the board.

    Two assess: one has ties to the first application, which is closed to that one and scored by the other alone.
    """
    conditions = desk.criteria(round_, CriterionKind.ELIGIBILITY)
    for row in rows[:-1]:
        sheet = screening.begin(row, BY, "nb")
        assert sheet is not None
        met = questions.screening_answers({one.code: (Verdict.MET, "") for one in conditions})
        forms.save(sheet, [forms.Change(path, value) for path, value in met.items()], BY)
        screening.finish(row, BY, stop=False)
    assessor, tied = demonstrating.person(Role.ASSESSOR), demonstrating.tied()
    if assessor is None or tied is None:
        return
    judging.declare(rows[0], tied, conflict=True, reason="Oppdiktet: har ledet arbeidet som søknaden bygger på.")
    judging.share_out(round_, 2, timezone.localdate(now) + timedelta(days=5), BY)
    for row, who, score in ((rows[0], assessor, 4), (rows[1], assessor, 3), (rows[1], tied, 1)):
        judging.declare(row, who, conflict=False, reason="")
        _score(Assessment.objects.get(application=row, user=who), who, score)
    board = Board.objects.get(round=round_)
    placed = Placed(Outcome.TAILORED, 80, 0, "Oppdiktet begrunnelse: et tydelig behov på begge nivåer.")
    boards.place(rows[0], placed, BY, frozenset({Role.RESOURCE_GROUP}), board.version)


def _score(row: Assessment, assessor: User, score: int) -> None:
    by = str(assessor.key)
    row = judging.begin(row, by, "nb")
    assert row.sheet is not None
    codes = [one.code for one in desk.criteria(row.application.round, CriterionKind.ASSESSED)]
    answers = {f"score-{code}": str(score) for code in codes}
    answers |= {f"reason-{code}": "Oppdiktet begrunnelse." for code in codes} | {"advice": ADVICE[score]}
    forms.save(row.sheet, [forms.Change(path, value, 0) for path, value in answers.items()], by)
    judging.give(row, by)
