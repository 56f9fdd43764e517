"""Building a form: every change of its draft is one transaction with one step that can be taken back."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.commons.forms.actions.publishing import publish
from helsevev.commons.forms.models import Form, FormDraft, FormStep, FormVersion
from helsevev.commons.forms.rules.building import MOST_STEPS, What, Why
from helsevev.core import slugs
from helsevev.core.questionnaire_building import steps
from helsevev.core.words import Refusal, Refused

Operation = Callable[[Mapping[str, Any]], Mapping[str, Any]]
NOTHING: Mapping[str, Any] = {}


def blank(title: str) -> dict[str, Any]:
    """A form with a title and nothing else."""
    return {"resourceType": "Questionnaire", "status": "draft", "language": "nb", "title": title, "item": []}


@transaction.atomic
def start(title: str, kind: str, by: str, questionnaire: Mapping[str, Any] | None = None) -> Form:
    """Make a new form (nytt skjema) with a draft: blank, or with what another form has."""
    form = Form.objects.create(key=_free_key(title), kind=kind, made_by=by)
    content = blank(title) if questionnaire is None else _as_new({**questionnaire, "title": title})
    FormDraft.objects.create(form=form, questionnaire=content, changed_by=by)
    record(by, "made", "form", form.key)
    return form


def _free_key(title: str) -> str:
    """A short name that no form has, from the title."""
    stem = slugs.slug(title)[:60].strip("-") or "form"
    return slugs.free(stem, set(Form.objects.filter(key__startswith=stem).values_list("key", flat=True)))


def _as_new(questionnaire: Mapping[str, Any]) -> dict[str, Any]:
    """A questionnaire as a form of its own: without what names the one that it comes from."""
    made = {key: value for key, value in questionnaire.items() if key not in ("id", "url", "version", "date", "_title")}
    return {**made, "status": "draft"}


@transaction.atomic
def draft_of(form: Form, by: str) -> FormDraft:
    """The form's draft (kladd); made from the newest version where there is none."""
    found = FormDraft.objects.filter(form=form).first()
    if found is not None:
        return found
    newest = form.versions.first()
    content = {**newest.questionnaire, "status": "draft"} if newest else blank(form.key)
    return FormDraft.objects.create(form=form, questionnaire=content, changed_by=by)


@transaction.atomic
def change(
    draft: FormDraft, operation: Operation, by: str, what: What, values: Mapping[str, Any] = NOTHING
) -> FormStep | None:
    """Change a draft as it stands now, whoever changed it last; None when nothing was changed."""
    held = _locked(draft)
    made = operation(held.questionnaire)
    step = steps.between(held.questionnaire, made)
    if step.is_nothing:
        return None
    held.steps.filter(by=by, undone=True).delete()
    kept = FormStep.objects.create(draft=held, by=by, what=what, values=dict(values), step=steps.to_json(step))
    _keep(held, made, by)
    old = list(held.steps.values_list("pk", flat=True)[MOST_STEPS:])
    if old:
        FormStep.objects.filter(pk__in=old).delete()
    return kept


def _locked(draft: FormDraft) -> FormDraft:
    """The draft as it stands, held until the transaction ends."""
    held = FormDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if held is None:
        raise Refused(Refusal(Why.NO_DRAFT))
    return held


def _keep(held: FormDraft, made: Mapping[str, Any], by: str) -> None:
    held.questionnaire, held.revision = dict(made), held.revision + 1
    held.changed_at, held.changed_by = timezone.now(), by
    held.save()


@transaction.atomic
def undo(draft: FormDraft, by: str) -> FormStep:
    """Take one's own last step back (angre); refused where somebody else has changed the same place since."""
    held = _locked(draft)
    last = held.steps.filter(by=by, undone=False).first()
    if last is None:
        raise Refused(Refusal(Why.NOTHING_TO_UNDO))
    _take(held, steps.from_json(last.step).reverse, by)
    last.undone = True
    last.save()
    return last


@transaction.atomic
def redo(draft: FormDraft, by: str) -> FormStep:
    """Take again the step that one took back last (gjør om)."""
    held = _locked(draft)
    last = held.steps.filter(by=by, undone=True).last()
    if last is None:
        raise Refused(Refusal(Why.NOTHING_TO_REDO))
    _take(held, steps.from_json(last.step), by)
    last.undone = False
    last.save()
    return last


def _take(held: FormDraft, step: steps.Step, by: str) -> None:
    if not steps.fits(step, held.questionnaire):
        raise Refused(Refusal(Why.MET))
    _keep(held, steps.taken(step, held.questionnaire), by)


@transaction.atomic
def publish_draft(draft: FormDraft, revision: int, by: str) -> FormVersion:
    """Publish the draft as the form's next version, if it still is what was looked at; the draft goes."""
    held = _locked(draft)
    if held.revision != revision:
        raise Refused(Refusal(Why.CHANGED_MEANWHILE))
    made = publish(held.form, held.questionnaire, by)
    held.delete()
    return made


@transaction.atomic
def throw_draft_away(draft: FormDraft, by: str) -> None:
    """Throw the draft away (forkaste); a form that has no version goes with it."""
    held = _locked(draft)
    form = held.form
    held.delete()
    record(by, "draft thrown away", "form", form.key)
    if not form.versions.exists():
        form.delete()


@transaction.atomic
def retire(form: Form, by: str, *, retired: bool) -> None:
    """Take a form out of use (ta ut av bruk) so that nobody is offered it, or put it back; what is answered stays."""
    form.retired_at = timezone.now() if retired else None
    form.save(update_fields=["retired_at"])
    record(by, "retired" if retired else "put back", "form", form.key)
