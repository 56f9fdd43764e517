"""Beginning an application, and its origins: what it continues or spreads, with what that project says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from helsevev.commons.audit.actions import record
from helsevev.commons.forms import actions as forms
from helsevev.commons.forms import queries as form_queries
from helsevev.commons.forms.models import FormVersion
from helsevev.commons.initiatives.models import Initiative, Lineage
from helsevev.commons.mail.actions import queue
from helsevev.commons.people.models import Organisation, User
from helsevev.core.questionnaire.model import Value
from helsevev.core.words import Refusal, Refused
from helsevev.network.applications.actions.applying_moving import KIND, locked
from helsevev.network.applications.actions.applying_people import ask_owner_signers
from helsevev.network.applications.models import Application, Author, Origin, Partner, Round, StepMove
from helsevev.network.applications.queries import applying as asking
from helsevev.network.applications.queries import earlier
from helsevev.network.applications.queries import rounds as rounds_asking
from helsevev.network.applications.rules import applying as rules
from helsevev.network.applications.rules import rounds as round_rules
from helsevev.network.applications.rules.workflow import Kind

ROOM = "applications"


@dataclass(frozen=True)
class Beginning:
    """What is said when an application is begun; `token` tells one page from another, so that two clicks make one."""

    round: Round
    owner: Organisation
    title: str
    language: str
    token: UUID
    continues: Initiative | None = None
    is_invented: bool = False


def begin(user: User, wanted: Beginning, now: datetime | None = None) -> Application:
    """Begin an application for an organisation, pre-filled from the project that it continues."""
    moment, by = now or timezone.now(), str(user.key)
    with transaction.atomic():
        round_ = (
            Round.objects.select_for_update(of=("self",)).select_related("workflow", "form").get(pk=wanted.round.pk)
        )
        if (there := asking.begun(wanted.token)) is not None:
            return there
        refusal = rules.refuse_start(asking.call(round_), moment)
        if refusal is not None or round_.form is None:
            raise Refused(refusal or Refusal(rules.Why.NOT_OPEN))
        row = _open(round_, round_.form, wanted, by, moment)
        Author.objects.create(
            application=row, user=user, organisation=wanted.owner, part=Author.Part.LEADER, joined_at=moment
        )
        Partner.objects.create(application=row, organisation=wanted.owner, asked_at=moment)
        StepMove.objects.create(application=row, after=row.step, at=moment, by=by)
        if wanted.continues is not None:
            Origin.objects.create(application=row, initiative=wanted.continues, kind=Lineage.Kind.CONTINUES)
        record(by, "begun", KIND, str(row.key), {"round": round_.code, "owner": wanted.owner.key})
        ask_owner_signers(row)
    return row


def _open(round_: Round, form: FormVersion, wanted: Beginning, by: str, now: datetime) -> Application:
    key = uuid4()
    given = _fitting(form, earlier.answers(wanted.continues) if wanted.continues else {}) | {"title": wanted.title}
    sheet = forms.open_sheet(
        form, room=ROOM, subject=str(key), language=wanted.language, by=by, answers=_fitting(form, given)
    )
    last = round_.applications.aggregate(last=Max("number"))["last"] or 0
    return Application.objects.create(
        key=key,
        round=round_,
        number=last + 1,
        owner=wanted.owner,
        title=wanted.title,
        language=wanted.language,
        sheet=sheet,
        step=rounds_asking.steps(round_).first(Kind.WRITING).code,
        step_since=now,
        begun=wanted.token,
        made_at=now,
        made_by=by,
        is_invented=wanted.is_invented,
    )


def _fitting(form: FormVersion, answers: Mapping[str, Value]) -> dict[str, Value]:
    """Those answers that this form asks for."""
    known = form_queries.compiled(form).by_link_id
    return {path: value for path, value in answers.items() if path in known}


def choose_origin(application: Application, project: Initiative, kind: str, by: str, now: datetime) -> Application:
    """Mark an application as continuing, spreading or adapting a project, and bring what that project says.

    Only what nobody has written yet is filled in.
    """
    with transaction.atomic():
        row = locked(application)
        _stop(asking.refuse_edit(row, now))
        Origin.objects.update_or_create(application=row, kind=kind, defaults={"initiative": project})
        record(by, "origin chosen", KIND, str(row.key), {"project": project.key, "kind": kind})
        standing = form_queries.standing(row.sheet)
        brought = _fitting(row.sheet.version, earlier.brought(project, kind))
        changes = [forms.Change(path, value) for path, value in brought.items() if path not in standing]
        if changes and row.sheet.state == "draft":
            forms.save(row.sheet, changes, by)
    return row


def drop_origin(application: Application, kind: str, by: str, now: datetime) -> Application:
    """Take such a mark away; what was brought stays in the form, where one can change it."""
    with transaction.atomic():
        row = locked(application)
        _stop(asking.refuse_edit(row, now))
        if row.origins.filter(kind=kind).delete()[0]:
            record(by, "origin dropped", KIND, str(row.key), {"kind": kind})
    return row


def follow_title(application: Application) -> None:
    """Let the application be called what its form says."""
    said = form_queries.answers(application.sheet).get(asking.TITLE)
    title = str(said or "").strip()[:300]
    if title and title != application.title:
        Application.objects.filter(pk=application.pk).update(title=title)
        application.title = title


def replace_form(round_: Round, version: FormVersion, by: str, reason: str) -> int:
    """Give an open call a newer version of its form. How many drafts must go over to it, which their writers are told.

    They go over themselves: only who writes can say whether an answer still fits its question.
    """
    with transaction.atomic():
        row = Round.objects.select_for_update(of=("self",)).select_related("form").get(pk=round_.pk)
        if not reason.strip():
            raise Refused(Refusal(round_rules.Why.NEEDS_REASON))
        if row.form_id == version.pk:
            return 0
        if row.form is None or row.form.form_id != version.form_id or version.number < row.form.number:
            raise Refused(Refusal(round_rules.Why.NOT_NEWER))
        row.form, row.version = version, row.version + 1
        row.save(update_fields=["form", "version"])
        drafts = Application.objects.filter(round=row, sheet__state="draft").exclude(sheet__version=version)
        for one in drafts.select_related("round"):
            _tell_of_form(one, version)
        record(by, "form replaced", "round", row.code, {"form": version.pk, "reason": reason.strip()})
        return drafts.count()


def _tell_of_form(application: Application, version: FormVersion) -> None:
    for user in asking.writers(application):
        with override(user.language):
            url = settings.SITE_URL + reverse("applications:newer_form", args=[application.key])
        queue(
            key=f"form:{application.key}:{version.pk}:{user.pk}",
            kind=KIND,
            to=user.email,
            language=user.language,
            template="applications/newer_form",
            context={"title": application.title, "url": url, "closes_at": application.round.closes_at},
        )


def go_over(application: Application, version: int, by: str, now: datetime) -> Application:
    """Go over to the call's newer form with every answer kept; `version` is the one whose changes the page told."""
    with transaction.atomic():
        row = locked(application)
        _stop(asking.refuse_edit(row, now))
        form = row.round.form
        if form is None or row.sheet.version_id == form.pk or row.sheet.version.form_id != form.form_id:
            raise Refused(Refusal(rules.Why.NO_NEWER_FORM))
        if version != form.pk:
            raise Refused(Refusal(rules.Why.FORM_CHANGED))
        forms.move_to_version(row.sheet, form, by)
        record(by, "went over to a newer form", KIND, str(row.key), {"form": form.pk})
    return row


def _stop(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise Refused(refusal)
