"""Screening: its conditions are judged on a sheet by whoever screens, together; finishing it binds the sheet."""

from django.db import transaction

from helsevev.commons.audit.actions import record
from helsevev.commons.forms import actions as forms
from helsevev.commons.forms import queries as form_queries
from helsevev.commons.forms.models import Form, FormVersion, Sheet
from helsevev.core.words import Refusal, gettext_noop
from helsevev.network.applications.actions.applying_moving import locked, move
from helsevev.network.applications.models import Application, Round
from helsevev.network.applications.queries import rounds as rounds_asking
from helsevev.network.applications.rules.rounds_content import CriterionKind
from helsevev.network.applications.rules.workflow import Kind
from helsevev.network.assessment.actions.judging import KIND, ROOM, in_all
from helsevev.network.assessment.actions.judging import stop as refuse
from helsevev.network.assessment.models import Screening, ScreeningAnswer
from helsevev.network.assessment.queries import desk
from helsevev.network.assessment.rules import questions
from helsevev.network.assessment.rules import screening as rules
from helsevev.network.assessment.rules.screening import VERDICT_NAMES, Verdict


def begin(application: Application, by: str, language: str) -> Sheet | None:
    """The sheet that an application is screened on, opened when somebody first comes; None where nothing is asked."""
    with transaction.atomic():
        row = locked(application)
        conditions = [one.code for one in desk.criteria(row.round, CriterionKind.ELIGIBILITY)]
        if not conditions:
            return None
        refuse(None if desk.may_be_screened(row) else Refusal(rules.Why.NOT_NOW))
        made, _is_new = Screening.objects.get_or_create(application=row)
        sheet = made.sheet
        if sheet is None:
            version, answers = _form(row.round, by), questions.screening_answers(_kept(row))
            sheet = forms.open_sheet(
                version, room=ROOM, subject=str(row.key), language=language, by=by, answers={**answers}
            )
            made.sheet = sheet
            made.save(update_fields=["sheet"])
            return sheet
        if sheet.state == Sheet.State.BOUND:
            # The application was sent back to be screened: what was bound stays, and is bound anew.
            forms.reopen(sheet, by)
        asked = form_queries.compiled(sheet.version).by_link_id
        if {f"{questions.VERDICT}{code}" for code in conditions} != {
            one for one in asked if one.startswith(questions.VERDICT)
        }:
            forms.move_to_version(sheet, _form(row.round, by), by)
    return sheet


def keep(application: Application) -> None:
    """Write what the sheet says now as the record of each condition that other pages read: what, who, when, why."""
    with transaction.atomic():
        row = locked(application)
        made = Screening.objects.filter(application=row, sheet__isnull=False).select_related("sheet").first()
        if made is not None and made.sheet is not None:
            _write(row, made.sheet)


def finish(application: Application, by: str, *, stop: bool, why: str = "") -> Application:
    """Let an application go on to be assessed, or stop it with the reason; its sheet is bound with that."""
    with transaction.atomic():
        row = locked(application)
        flow = rounds_asking.steps(row.round)
        aim = Kind.STOPPED if stop else _after_screening(row.round)
        if desk.kind(row) is aim:
            return row
        refuse(None if desk.may_be_screened(row) else Refusal(rules.Why.NOT_NOW))
        sheet = begin(row, by, "nb")
        if sheet is not None:
            _write(row, sheet)
        found = _kept(row)
        verdicts = [
            found[one.code][0] if one.code in found else None
            for one in desk.criteria(row.round, CriterionKind.ELIGIBILITY)
        ]
        refuse(rules.refuse_stop(verdicts) if stop else rules.refuse_pass(verdicts))
        refuse(Refusal(rules.Why.NEEDS_REASON) if stop and not why.strip() else None)
        if sheet is not None:
            forms.bind(sheet, by)
        if desk.kind(row) is Kind.RECEIVED and flow.has(Kind.SCREENING):
            row = move(row, flow.first(Kind.SCREENING).code, by)
        return move(row, flow.first(aim).code, by, why)


def _after_screening(round_: Round) -> Kind:
    flow = rounds_asking.steps(round_)
    order = (Kind.ASSESSING, Kind.RECOMMENDING, Kind.DECIDING, Kind.DECIDED)
    return next(kind for kind in order if flow.has(kind))


def _kept(row: Application) -> dict[str, tuple[Verdict, str]]:
    """The records of an application by condition."""
    rows = ScreeningAnswer.objects.filter(application=row).values_list("criterion__code", "verdict", "reason")
    return {code: (Verdict(verdict), reason) for code, verdict, reason in rows}


def _write(row: Application, sheet: Sheet) -> None:
    """Whoever wrote last in a condition's places has judged it; what stands as it stood keeps who and when."""
    standing = form_queries.standing(sheet)
    now = questions.judged({path: one.value for path, one in standing.items() if one.value is not None})
    before = _kept(row)
    for criterion in desk.criteria(row.round, CriterionKind.ELIGIBILITY):
        code = criterion.code
        if now.get(code) == before.get(code):
            continue
        old = before[code][0].value if code in before else ""
        places = {f"{questions.VERDICT}{code}", f"{questions.WHY}{code}", f"{questions.REMARK}{code}"}
        last = max((standing[path] for path in places & standing.keys()), key=lambda one: (one.revision, one.at))
        verdict, reason = now.get(code, ("", ""))
        if verdict:
            values = {"verdict": verdict, "reason": reason, "by": last.by, "at": last.at}
            ScreeningAnswer.objects.update_or_create(application=row, criterion=criterion, defaults=values)
        else:
            ScreeningAnswer.objects.filter(application=row, criterion=criterion).delete()
        if verdict != old:
            # The trail is kept for good, so the reason isn't written there.
            detail = {"criterion": code, "verdict": str(verdict), "before": old}
            record(last.by, "screened", KIND, str(row.key), detail)


def _form(round_: Round, by: str) -> FormVersion:
    """The form that this round is screened by."""
    key = f"screening-{round_.code}"
    form = Form.objects.filter(key=key).first() or forms.make(key, Form.Kind.SCREENING, by)
    words = questions.ScreeningWords(
        title=in_all(gettext_noop("Screening in round %(round)s"), {"round": round_.code}),
        conditions=in_all(gettext_noop("Screening")),
        reason=in_all(gettext_noop("Reason")),
        verdicts={one: in_all(VERDICT_NAMES[one]) for one in Verdict},
    )
    return forms.publish(form, questions.screening(rounds_asking.criteria(round_), words), by)
