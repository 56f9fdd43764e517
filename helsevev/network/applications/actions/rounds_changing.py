"""Changing a part of a round: what two people change at once is refused to the second, with both shown."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.commons.people.models import User
from helsevev.core.words import Refusal, Refused, gettext_noop
from helsevev.network.applications.actions.rounds import KIND, _locked, _save, _stop
from helsevev.network.applications.models import Criterion, LetterTemplate, PanelMember, Round
from helsevev.network.applications.queries import rounds as asking
from helsevev.network.applications.rules import rounds as rules
from helsevev.network.applications.rules.rounds import Part

ITSELF = {
    Part.DATES: ("opens_at", "closes_at", "decides_at", "grace_minutes", "form_id"),
    Part.OFFER: ("supports", "themes", "focus_areas", "patient_groups", "hours"),
    Part.TEXTS: ("texts",),
}


class Why(StrEnum):
    """Why a change isn't saved."""

    MEANWHILE = gettext_noop(
        "Somebody has changed this since you opened the page. Yours stands in the fields, theirs above; save once more "
        "to keep yours."
    )


def mark(values: Mapping[str, Any]) -> str:
    """What tells whether a part is as its page showed it."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Wanted:
    """A part with its new values, as `queries.rounds.part_values` has them; `seen` marks what the page showed."""

    part: Part
    values: Mapping[str, Any]
    seen: str
    reason: str = ""


def change(round_: Round, wanted: Wanted, by: str, now: datetime | None = None) -> Round:
    """Give a part of a round other values."""
    part, values, seen, reason = wanted.part, wanted.values, wanted.seen, wanted.reason
    with transaction.atomic():
        row = _locked(round_)
        standing = row.standing(now or timezone.now())
        before = asking.part_values(row, part)
        if mark(before) != seen and before != values:
            raise Refused(Refusal(Why.MEANWHILE))
        if before == values:
            return row
        _stop(rules.refuse_change(part, standing, reason))
        _write(row, part, values)
        _save(row, *ITSELF.get(part, ()))
        after = asking.part_values(Round.objects.get(pk=row.pk), part)
        record(by, f"round's {part.value} changed", KIND, row.code, _detail(before, after, reason))
    return row


def _detail(before: Mapping[str, Any], after: Mapping[str, Any], reason: str) -> dict[str, object]:
    """What changed; people by their keys, as everywhere on the trail."""
    changed = [name for name in after if before.get(name) != after[name]]
    return {
        "reason": reason.strip(),
        "before": {name: before.get(name) for name in changed},
        "after": {name: after[name] for name in changed},
    }


def _write(row: Round, part: Part, values: Mapping[str, Any]) -> None:
    match part:
        case Part.DATES | Part.OFFER | Part.TEXTS:
            _write_itself(row, part, values)
        case Part.CRITERIA:
            _write_criteria(row, values["criteria"])
        case Part.PANEL:
            _write_panel(row, values)
        case Part.LETTERS:
            _write_letters(row, values)


def _write_itself(row: Round, part: Part, values: Mapping[str, Any]) -> None:
    """What stands in the round's own row."""
    if part is Part.TEXTS:
        row.texts = {text: words for text, words in values.items() if words}
        return
    if part is Part.OFFER:
        for name in ITSELF[part]:
            setattr(row, name, values[name])
        return
    for name in asking.DATES:
        setattr(row, name, datetime.fromisoformat(values[name]) if values[name] else None)
    row.grace_minutes, row.form_id = values["grace_minutes"], values["form"] or None


def _write_criteria(row: Round, wanted: list[Mapping[str, Any]]) -> None:
    """Rows keep their identity by code, as scores will refer to them."""
    standing = {one.code: one for one in row.criteria.all()}
    for position, values in enumerate(wanted):
        Criterion.objects.update_or_create(round=row, code=values["code"], defaults={**values, "position": position})
    gone = set(standing) - {values["code"] for values in wanted}
    row.criteria.filter(code__in=gone).delete()


def _write_panel(row: Round, wanted: Mapping[str, list[str]]) -> None:
    people = {str(user.key): user for user in User.objects.filter(key__in={k for ks in wanted.values() for k in ks})}
    row.panel.all().delete()
    PanelMember.objects.bulk_create(
        PanelMember(round=row, user=people[key], part=part, position=position)
        for part, keys in wanted.items()
        for position, key in enumerate(keys)
        if key in people
    )


def _write_letters(row: Round, wanted: Mapping[str, Mapping[str, str]]) -> None:
    for name, words in wanted.items():
        outcome, _dash, language = name.rpartition("-")
        place = row.letters.filter(outcome=outcome, language=language)
        if not words["subject"] and not words["body"]:
            place.delete()
        else:
            LetterTemplate.objects.update_or_create(round=row, outcome=outcome, language=language, defaults=words)
