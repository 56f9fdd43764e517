"""Deleting what a round leaves when its time is over (oppbevaring): counted first, then one application at a time.

The figures are kept in a transaction before the first row goes, and each application goes in one of its own: a machine
that stops leaves whole applications, and the next time the rest goes too. The trail keeps keys and counts alone.
"""

import secrets
from datetime import datetime
from random import Random

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.commons.files import actions as files
from helsevev.commons.forms import actions as forms
from helsevev.commons.forms.models import Sheet
from helsevev.core.words import Refusal, Refused
from helsevev.network.applications.models import Application, PanelMember, Round
from helsevev.network.assessment.models import Assessment, Declaration, KeptFigures, KeptScore, Letter, Lift
from helsevev.network.assessment.queries import retention as asking
from helsevev.network.assessment.rules import retention as rules
from helsevev.network.assessment.rules.retention import Stage

WORKER, KIND = "system:retention", "application"


def forget_due(now: datetime | None = None) -> int:
    """What has been shown for long enough goes (a duty of the worker); how many stages were done."""
    moment = now or timezone.now()
    found = asking.lines(moment - rules.SHOWN)
    for one in found:
        _forget(one, WORKER, moment)
    return len(found)


def forget(round_: Round, stage: Stage, by: str, seen: str, now: datetime | None = None) -> asking.Line:
    """Do one stage of a round that is due. `seen`: what the page showed; refused when something else would go now."""
    moment = now or timezone.now()
    line = asking.one_line(round_, stage)
    refusal = rules.refuse(line.due if line else None, moment, line.going if line else ())
    if line is None or refusal is not None:
        raise Refused(refusal if line and refusal else Refusal(rules.Why.NOTHING))
    if line.mark != seen:
        raise Refused(Refusal(rules.Why.CHANGED))
    _forget(line, by, moment)
    return line


def _forget(line: asking.Line, by: str, now: datetime) -> None:
    _keep_figures(line.round, line.stage, by, now)
    if line.stage is Stage.PERSONS:
        _forget_persons(line.round)
    else:
        for application in asking.leaving(line.round, line.stage):
            _delete(application, by)
    with transaction.atomic():
        KeptFigures.objects.filter(round=line.round, stage=line.stage).update(done_at=now)
        gone = {one.what: one.count for one in line.going}
        record(by, "kept long enough", "round", line.round.code, {"stage": line.stage.value, "gone": gone})


def _keep_figures(round_: Round, stage: Stage, by: str, now: datetime) -> None:
    """What is counted now, once: a second run, after a stop in the middle, would count what is left."""
    with transaction.atomic():
        figures = [[one.what, one.value, one.count] for one in asking.counted(round_, stage)]
        _row, is_new = KeptFigures.objects.get_or_create(
            round=round_, stage=stage, defaults={"figures": figures, "by": by, "made_at": now}
        )
        if is_new and stage is Stage.APPLICATIONS:
            _keep_scores(round_)


def _keep_scores(round_: Round) -> None:
    """The scores, with applications and assessors numbered anew by chance, so that no order tells which is which."""
    scores, chance = asking.scores_of(round_), Random(secrets.randbits(64))  # noqa: S311 - seeded from the system's own
    units, seats = sorted({one[0] for one in scores}), sorted({one[1] for one in scores})
    chance.shuffle(units)
    chance.shuffle(seats)
    unit, seat = ({one: number for number, one in enumerate(every, 1)} for every in (units, seats))
    KeptScore.objects.bulk_create(
        KeptScore(round=round_, unit=unit[application], seat=seat[assessor], criterion=code, score=score)
        for application, assessor, code, score in sorted(scores, key=lambda one: (unit[one[0]], seat[one[1]], one[2]))
    )


@transaction.atomic
def _forget_persons(round_: Round) -> None:
    """Scores and reasons stay; who gave them, and what says more of persons than whom to keep away, goes."""
    assessments = Assessment.objects.filter(application__round=round_)
    for sheet in Sheet.objects.filter(assessment__in=assessments):
        forms.erase(sheet, WORKER)
    assessments.update(user=None, assigned_by="")
    declared = Declaration.objects.filter(application__round=round_)
    declared.filter(conflict=False).delete()
    declared.filter(conflict=True).update(reason="")
    Lift.objects.filter(application__round=round_).delete()
    PanelMember.objects.filter(round=round_).delete()


@transaction.atomic
def _delete(application: Application, by: str) -> None:
    """One application with everything that was written about it; its bytes are gone when the transaction is."""
    key = str(application.key)
    for sheet in Sheet.objects.filter(Q(assessment__application=application) | Q(screening__application=application)):
        forms.erase(sheet, by)
    for letter in Letter.objects.filter(application=application):
        files.erase_all(asking.LETTER_FILES, str(letter.pk), by=by)
    files.erase_all(asking.APPLICATION_FILES, key, by=by)
    sheet = application.sheet
    # What was sent in holds what was bound of the sheet; with the application it goes first.
    application.delete()
    forms.erase(sheet, by)
    record(by, "deleted", KIND, key, {"round": application.round.code})
