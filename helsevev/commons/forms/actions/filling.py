"""Every change of a sheet: one short transaction each."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.commons.forms.models import Answer, BoundResponse, Clash, FormVersion, RemovedRow, Sheet
from helsevev.commons.forms.queries import filling as queries
from helsevev.commons.forms.rules import filling as rules
from helsevev.commons.forms.rules.filling import Change, Moved, Saved
from helsevev.core.questionnaire import paths, response, values
from helsevev.core.questionnaire.evaluating import evaluate, initial
from helsevev.core.questionnaire.model import Value
from helsevev.core.words import Refusal, Refused

KIND = "sheet"


@transaction.atomic
def open_sheet(
    version: FormVersion, *, room: str, subject: str, language: str, by: str, answers: Mapping[str, Value] | None = None
) -> Sheet:
    """A new sheet (åpne svarark) for what a room calls `subject`; `answers` is what it is filled in with beforehand."""
    form = queries.compiled(version)
    given = {**initial(form), **(answers or {})}
    if faults := rules.refuse_changes([Change(path, value) for path, value in given.items()]):
        raise Refused(*faults)
    sheet = Sheet.objects.create(
        version=version, room=room, subject=subject, language=language, opened_by=by, revision=1 if given else 0
    )
    _write(sheet, given, by, "", sheet.revision)
    record(by, "opened", KIND, str(sheet.key), {"room": room, "form": version.form.key, "version": version.number})
    return sheet


@transaction.atomic
def save(sheet: Sheet, changes: Iterable[Change], by: str, *, window: str = "") -> Saved:
    """Take in what somebody wrote (lagre), field by field; where somebody else was first, both texts are kept.

    `window` tells one open page from another, so that a page is never in its own way.
    """
    changes = tuple({change.path: change for change in changes}.values())
    if faults := rules.refuse_changes(changes):
        raise Refused(*faults)
    locked = _locked(sheet)
    form = queries.compiled(locked.version)
    ignored = tuple(change.path for change in changes if not rules.may_be_written(form, change.path))
    changes = tuple(change for change in changes if change.path not in ignored)
    standing = _standing(locked, [change.path for change in changes])
    found = rules.sort(changes, standing, by, window)
    merged = tuple(change.path for change in found.merged)
    if not found.merged and not found.clashes:
        return Saved(locked.revision, found.agreed, (), ignored)
    new = sum(path not in standing for path in merged)
    if new and Answer.objects.filter(sheet=locked).count() + new > rules.MOST_ANSWERS:
        raise Refused(Refusal(rules.Why.TOO_MANY))
    revision = _next(locked)
    _write(locked, {change.path: change.value for change in found.merged}, by, window, revision)
    _keep_both(locked, found.clashes, by, window)
    clashes = tuple(change.path for change in found.clashes)
    return Saved(revision, (*merged, *found.agreed), clashes, ignored)


@transaction.atomic
def settle(sheet: Sheet, change: Change, by: str, *, seen: Collection[int] = (), window: str = "") -> Saved:
    """Choose between two texts (velg), or write a third; `seen` are the clashes that were chosen between.

    Where somebody has written once more since, that is a clash anew.
    """
    if faults := rules.refuse_changes([change]):
        raise Refused(*faults)
    locked = _locked(sheet)
    now = _standing(locked, [change.path]).get(change.path)
    if now and now.revision > change.base and not rules.same(now.value, change.value):
        _keep_both(locked, (change,), by, window)
        return Saved(_next(locked), (), (change.path,))
    Clash.objects.filter(sheet=locked, path=change.path, pk__in=seen).delete()
    revision = _next(locked)
    _write(locked, {change.path: change.value}, by, window, revision)
    return Saved(revision, (change.path,))


@transaction.atomic
def add_row(sheet: Sheet, path: str, by: str, *, window: str = "") -> str:
    """Add a row to what repeats (legg til rad); answers with the row's path."""
    locked = _locked(sheet)
    spot = evaluate(queries.compiled(locked.version), queries.answers(locked)).spots.get(path)
    if spot is None or not spot.item.has_rows or spot.is_row:
        raise Refused(Refusal(rules.Why.NO_PLACE))
    if Answer.objects.filter(sheet=locked).count() >= rules.MOST_ANSWERS:
        raise Refused(Refusal(rules.Why.TOO_MANY))
    made = f"{path}:{paths.new_row()}"
    # The empty row that a page shows of itself stands from now on, or the new one would take its place.
    shown = [row.path for row in spot.spots if not any(one.raw is not None for one in (row, *row.below()))]
    mark = True if spot.item.is_group else ""
    _write(locked, dict.fromkeys([made, *shown], mark), by, window, _next(locked))
    return made


@transaction.atomic
def remove_row(sheet: Sheet, path: str, by: str, *, base: int) -> None:
    """Take a row away with all that stands in it (fjern rad); not what somebody else has written there since `base`.

    For a day it can be brought back, with the texts that stood beside others in it.
    """
    locked = _locked(sheet)
    rows = [
        one
        for one in Answer.objects.filter(sheet=locked, value__isnull=False)
        if one.path == path or one.path.startswith(f"{path}/")
    ]
    if any(one.revision > base and one.by != by for one in rows):
        raise Refused(Refusal(rules.Why.ROW_CHANGED))
    if rows:
        held = {one.path: one.value for one in rows}
        RemovedRow.objects.update_or_create(
            sheet=locked, path=path, defaults={"answers": held, "by": by, "at": timezone.now()}
        )
        _write(locked, dict.fromkeys(held), by, "", _next(locked))


@transaction.atomic
def bring_back_row(sheet: Sheet, path: str, by: str) -> None:
    """Take back that a row was taken away (hent rad tilbake).

    What somebody has written there since stands, and the text that was taken away comes beside it.
    """
    locked = _locked(sheet)
    row = next((one for one in queries.removed_rows(locked) if one.path == path), None)
    if row is None:
        raise Refused(Refusal(rules.Why.NO_ROW))
    now = queries.answers(locked)
    empty = {place: value for place, value in row.answers.items() if values.is_empty(now.get(place))}
    if len(now) + len(empty) > rules.MOST_ANSWERS:
        raise Refused(Refusal(rules.Why.TOO_MANY))
    _write(locked, empty, by, "", _next(locked))
    met = [place for place, value in row.answers.items() if place not in empty and not rules.same(now[place], value)]
    _keep_both(locked, [Change(place, row.answers[place]) for place in met], row.by, "")
    row.delete()


@transaction.atomic
def bind(sheet: Sheet, by: str, *, now: datetime | None = None) -> BoundResponse:
    """Bind the answers to the exact version that was answered (bind); refused with every reason at once."""
    locked = Sheet.objects.select_for_update().select_related("version__form").get(pk=sheet.pk)
    found = queries.evaluation(locked)
    met = [
        clash.path for clash in queries.clashes(locked) if clash.path in found.spots and found.spots[clash.path].enabled
    ]
    if reasons := rules.refuse_bind(locked.state, found, met):
        raise Refused(*reasons)
    now = now or timezone.now()
    written = response.write(
        found,
        canonical=f"{locked.version.questionnaire['url']}|{locked.version.number}",
        key=str(locked.key),
        authored=now,
        language=locked.language,
    )
    text = json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    made = BoundResponse.objects.create(
        sheet=locked,
        number=BoundResponse.objects.filter(sheet=locked).count() + 1,
        version=locked.version,
        response=text,
        digest=sha256(text.encode()).hexdigest(),
        bound_at=now,
        bound_by=by,
    )
    _turn(locked, Sheet.State.BOUND)
    record(by, "bound", KIND, str(locked.key), {"number": made.number, "digest": made.digest})
    sheet.state = locked.state
    return made


@transaction.atomic
def reopen(sheet: Sheet, by: str) -> None:
    """Let what was bound be changed again (åpne igjen); what was bound stays as it was."""
    locked = Sheet.objects.select_for_update().get(pk=sheet.pk)
    if locked.state != Sheet.State.BOUND:
        raise Refused(Refusal(rules.Why.NOT_BOUND))
    _turn(locked, Sheet.State.DRAFT)
    record(by, "reopened", KIND, str(locked.key))
    sheet.state = locked.state


@transaction.atomic
def move_to_version(sheet: Sheet, version: FormVersion, by: str) -> Moved:
    """Go over to another version of the form (bytt versjon): every answer is kept, and what differs is told."""
    locked = _locked(sheet)
    if version.form_id != locked.version.form_id:
        raise Refused(Refusal(rules.Why.OTHER_FORM))
    before, after = queries.compiled(locked.version), queries.compiled(version)
    answers = queries.answers(locked)
    moved = rules.compare(before, after, answers)
    ever = set(Answer.objects.filter(sheet=locked).values_list("path", flat=True))
    fresh = {path: value for path, value in initial(after).items() if path not in ever}
    locked.version = version
    locked.save(update_fields=["version"])
    if fresh:
        _write(locked, fresh, by, "", _next(locked))
    record(by, "moved", KIND, str(locked.key), {"version": version.number})
    sheet.version = version
    return moved


@transaction.atomic
def discard(sheet: Sheet, by: str) -> None:
    """Throw a draft away (forkast); for thirty days it can be brought back."""
    locked = _locked(sheet)
    if BoundResponse.objects.filter(sheet=locked).exists():
        raise Refused(Refusal(rules.Why.WAS_BOUND))
    locked.discarded_at = timezone.now()
    _turn(locked, Sheet.State.DISCARDED)
    record(by, "discarded", KIND, str(locked.key))
    sheet.state = locked.state


@transaction.atomic
def bring_back(sheet: Sheet, by: str) -> None:
    """Take back that a draft was thrown away (angre)."""
    locked = Sheet.objects.select_for_update().get(pk=sheet.pk)
    if locked.state != Sheet.State.DISCARDED:
        raise Refused(Refusal(rules.Why.NOT_DISCARDED))
    locked.discarded_at = None
    _turn(locked, Sheet.State.DRAFT)
    record(by, "brought back", KIND, str(locked.key))
    sheet.state = locked.state


@transaction.atomic
def erase(sheet: Sheet, by: str) -> None:
    """Delete a sheet for good with all that was bound of it (slett): the owning room's time is over."""
    BoundResponse.objects.filter(sheet=sheet).delete()
    record(by, "erased", KIND, str(sheet.key), {"room": sheet.room})
    Sheet.objects.filter(pk=sheet.pk).delete()


def _locked(sheet: Sheet) -> Sheet:
    """The sheet, for this transaction alone; refused where nothing may be written."""
    locked = Sheet.objects.select_for_update(of=("self",)).select_related("version__form").get(pk=sheet.pk)
    if refusal := rules.refuse_write(locked.state):
        raise Refused(refusal)
    return locked


def _standing(sheet: Sheet, wanted: Collection[str]) -> dict[str, rules.Standing]:
    found = Answer.objects.filter(sheet=sheet, path__in=wanted)
    return {one.path: rules.Standing(one.value, one.revision, one.by, one.window) for one in found}


def _next(sheet: Sheet) -> int:
    """The sheet's next revision."""
    sheet.revision += 1
    sheet.changed_at = timezone.now()
    sheet.save(update_fields=["revision", "changed_at"])
    return sheet.revision


def _write(sheet: Sheet, given: Mapping[str, Value], by: str, window: str, revision: int) -> None:
    """Put answers where they belong; empty ones keep their place and their revision."""
    now = timezone.now()
    rows = [
        Answer(
            sheet=sheet,
            path=path,
            value=None if value == [] else value,
            revision=revision,
            by=by,
            window=window,
            at=now,
        )
        for path, value in given.items()
    ]
    Answer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["sheet", "path"],
        update_fields=["value", "revision", "by", "window", "at"],
    )


def _keep_both(sheet: Sheet, met: Iterable[Change], by: str, window: str) -> None:
    """The text that came second, beside the one that stands; a window's own older one gives way to its newer."""
    for change in met:
        Clash.objects.update_or_create(
            sheet=sheet,
            path=change.path,
            by=by,
            window=window,
            defaults={"value": change.value, "at": timezone.now()},
        )


def _turn(sheet: Sheet, state: Sheet.State) -> None:
    sheet.state, sheet.changed_at = state, timezone.now()
    sheet.save(update_fields=["state", "changed_at", "discarded_at"])
