"""What the builder's pages ask: forms with their versions and use, drafts, and the numbers that were given."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from helsevev.commons.forms.models import Form, FormDraft, FormStep, FormVersion, Sheet
from helsevev.commons.forms.rules.building import What
from helsevev.core.questionnaire_building import operations, texts, tree


@dataclass(frozen=True)
class Listed:
    """A form in the list (oppført skjema)."""

    key: str
    kind: str
    title: dict[str, str]
    versions: int
    published_at: datetime | None
    has_draft: bool
    drafted_at: datetime | None
    retired: bool
    sheets: int


def listed() -> list[Listed]:
    """Every form: those in use first, by title."""
    forms = Form.objects.select_related("draft")
    newest = _newest([form.pk for form in forms])
    used = dict(Sheet.objects.values_list("version__form").annotate(Count("pk")).order_by())
    found = [_listed(form, newest.get(form.pk), used.get(form.pk, 0)) for form in forms]
    return sorted(found, key=lambda one: (one.retired, next(iter(one.title.values()), one.key).casefold()))


def _newest(forms: list[int]) -> dict[int, FormVersion]:
    """The newest version of each form."""
    found: dict[int, FormVersion] = {}
    for version in FormVersion.objects.filter(form__in=forms).order_by("form", "number"):
        found[version.form_id] = version
    return found


def _listed(form: Form, newest: FormVersion | None, sheets: int) -> Listed:
    draft = draft_of(form)
    held = draft.questionnaire if draft else newest.questionnaire if newest else {}
    return Listed(
        key=form.key,
        kind=form.kind,
        title=texts.read(held, "title", texts.own_language(held)),
        versions=newest.number if newest else 0,
        published_at=newest.published_at if newest else None,
        has_draft=draft is not None,
        drafted_at=draft.changed_at if draft else None,
        retired=form.retired_at is not None,
        sheets=sheets,
    )


def form(key: str) -> Form | None:
    """A form by its short name."""
    return Form.objects.select_related("draft").filter(key=key).first()


def draft_of(form: Form) -> FormDraft | None:
    """The form's draft; None when there is none."""
    try:
        return form.draft
    except FormDraft.DoesNotExist:
        return None


def versions(form: Form) -> list[FormVersion]:
    """The form's versions, the newest first."""
    return list(form.versions.all())


def version(form: Form, number: int) -> FormVersion | None:
    """One version of a form."""
    return form.versions.filter(number=number).first()


@dataclass(frozen=True)
class Use:
    """Where answers to a version lie (bruk)."""

    version: int
    room: str
    state: str
    sheets: int


def uses(form: Form) -> list[Use]:
    """Where the form's versions are answered, the newest first."""
    rows = (
        Sheet.objects.filter(version__form=form)
        .values_list("version__number", "room", "state")
        .annotate(Count("pk"))
        .order_by("-version__number", "room", "state")
    )
    return [Use(*row) for row in rows]


def highest_number(form: Form) -> int:
    """The highest number that the form has ever given a question, also one that was taken out again."""
    ids: set[str] = set()
    for version in form.versions.all():
        ids |= set(tree.link_ids(version.questionnaire))
    draft = draft_of(form)
    if draft is not None:
        ids |= set(tree.link_ids(draft.questionnaire))
        for kept in draft.steps.values_list("step", flat=True):
            ids |= set(_ids_in(kept.get("before"))) | set(_ids_in(kept.get("after")))
    return operations.highest(ids)


def fresh_code(form: Form, link_id: str) -> str:
    """A code that no option of a question has ever had: answers are known by it too."""
    draft = draft_of(form)
    held = [version.questionnaire for version in form.versions.all()] + ([draft.questionnaire] if draft else [])
    parts: list[Any] = [found.item for one in held if (found := tree.find(one, link_id))]
    if draft is not None:
        parts += draft.steps.values_list("step", flat=True)
    codes = (code for part in parts for code in _texts_in(part, "code") if code.isascii() and code.isdecimal())
    return str(1 + max((int(code[:6]) for code in codes), default=0))


def _ids_in(value: Any) -> Iterator[str]:  # noqa: ANN401 - any part of a questionnaire
    """The link ids anywhere in a part of a questionnaire."""
    return _texts_in(value, "linkId")


def _texts_in(value: Any, name: str) -> Iterator[str]:  # noqa: ANN401 - any part of a questionnaire
    """The texts that stand under a name anywhere in a part of a questionnaire."""
    if isinstance(value, dict):
        if isinstance(value.get(name), str):
            yield value[name]
        for one in value.values():
            yield from _texts_in(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from _texts_in(one, name)


@dataclass(frozen=True)
class Ways:
    """What a builder can take back and take again: the steps that the two buttons name."""

    undo: FormStep | None
    redo: FormStep | None


def ways(draft: FormDraft, by: str) -> Ways:
    """The next step to take back, and to take again, of one person."""
    mine = draft.steps.filter(by=by)
    return Ways(mine.filter(undone=False).first(), mine.filter(undone=True).last())


def brought(draft: FormDraft) -> FormStep | None:
    """The step by which a file last came into the draft."""
    return draft.steps.filter(what=What.BROUGHT, undone=False).first()


def last_of_another(draft: FormDraft, by: str) -> FormStep | None:
    """The last thing that somebody else did to the draft."""
    return draft.steps.exclude(by=by).filter(undone=False).first()
