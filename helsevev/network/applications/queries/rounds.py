"""Rounds as their readers need them: one by its name, all of them, what they hold, and what they lack."""

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from helsevev.commons.forms import queries as forms
from helsevev.commons.forms.models import FormVersion
from helsevev.commons.people.models import RoleGrant, User
from helsevev.commons.people.rules import Role
from helsevev.network.applications.models import Criterion, LetterTemplate, PanelMember, Round, WorkflowVersion
from helsevev.network.applications.rules import rounds as rules
from helsevev.network.applications.rules import rounds_checks, rounds_proposing, workflow
from helsevev.network.applications.rules.rounds import Part, Standing, State
from helsevev.network.applications.rules.rounds_content import (
    LANGUAGES,
    Check,
    Content,
    CriterionKind,
    Letter,
    Level,
    Outcome,
    Text,
)
from helsevev.network.applications.rules.rounds_content import Criterion as CriterionValue

CODE = re.compile(r"([0-9]{4})-([0-9]{1,2})")
BEGINNING = "round_beginning.json"
DATES = ("opens_at", "closes_at", "decides_at")


def one(code: str, without: Sequence[str] = ()) -> Round | None:
    """The round called so, such as 2026-2; `without` columns that are heavy to read and not needed."""
    found = CODE.fullmatch(code)
    if found is None:
        return None
    year, number = (int(part) for part in found.groups())
    rows = Round.objects.select_related("workflow", "form__form").defer(*without)
    return rows.filter(year=year, number=number).first()


def every() -> QuerySet[Round]:
    """All rounds, the newest first."""
    return Round.objects.select_related("workflow", "form__form").order_by("-year", "-number")


def public() -> QuerySet[Round]:
    """Rounds whose call was ever published, the newest first."""
    return every().exclude(state=State.DRAFT)


def in_standing(now: datetime, *wanted: Standing) -> list[Round]:
    """Published rounds that stand so at a moment, the one that closes first in front."""
    found = [one for one in public().filter(state=State.PUBLISHED) if one.standing(now) in wanted]
    return sorted(found, key=lambda one: (one.closes_at or now, one.pk))


# --- What a round holds ----------------------------------------------------------------------------------------------
def criterion_value(row: Criterion) -> CriterionValue:
    """A criterion as rules understand it."""
    levels = tuple(Level(int(one["score"]), _words(one)) for one in row.levels)
    return CriterionValue(
        CriterionKind(row.kind), row.code, row.names, row.about, row.weight, levels, Check(row.check_by)
    )


def criteria(round_: Round) -> list[CriterionValue]:
    """Its criteria in their order."""
    return [criterion_value(row) for row in round_.criteria.all()]


def letters(round_: Round) -> list[Letter]:
    """Its letters' templates."""
    return [Letter(Outcome(row.outcome), row.language, row.subject, row.body) for row in round_.letters.all()]


def steps(round_: Round) -> workflow.Workflow:
    """The workflow that the round goes by."""
    return workflow.read(round_.workflow.steps)


def content(round_: Round) -> Content:
    """All that it holds, for the checks."""
    return Content(
        tuple(round_.supports),
        tuple(round_.themes),
        tuple(round_.focus_areas),
        tuple(round_.patient_groups),
        round_.texts,
        tuple(criteria(round_)),
        tuple(letters(round_)),
        round_.hours,
        round_.form_id is not None,
        round_.panel.filter(part=PanelMember.Part.ASSESSOR).count(),
    )


def lacks(round_: Round, now: datetime) -> list[rounds_checks.Found]:
    """What it lacks before its call can be published."""
    others = Round.objects.exclude(pk=round_.pk).filter(state__in=(State.PUBLISHED, State.DECIDED))
    return rounds_checks.check(content(round_), round_.times, ((one.code, one.times) for one in others), now)


# --- A part of a round, as it is edited ------------------------------------------------------------------------------
def part_values(round_: Round, part: Part) -> dict[str, Any]:
    """A part as plain values that JSON can hold: what the form shows, the trail keeps and two writers compare."""
    match part:
        case Part.DATES:
            dates = {name: at.isoformat() if (at := getattr(round_, name)) else "" for name in DATES}
            return {**dates, "grace_minutes": round_.grace_minutes, "form": round_.form_id or ""}
        case Part.OFFER:
            names = ("supports", "themes", "focus_areas", "patient_groups", "hours")
            return {name: getattr(round_, name) for name in names}
        case Part.TEXTS:
            return {text: _words(round_.texts.get(text, {})) for text in Text}
        case Part.CRITERIA:
            return {"criteria": [_criterion(row) for row in round_.criteria.all()]}
        case Part.PANEL:
            return {
                name: [str(key) for key in round_.panel.filter(part=name).values_list("user__key", flat=True)]
                for name in PanelMember.Part.values
            }
        case Part.LETTERS:
            rows = {(row.outcome, row.language): row for row in round_.letters.all()}
            return {
                f"{outcome}-{language}": _letter(rows.get((outcome, language)))
                for outcome in Outcome
                for language in LANGUAGES
            }


def _criterion(row: Criterion) -> dict[str, Any]:
    names = ("kind", "code", "names", "about", "weight", "levels", "check_by")
    return {name: getattr(row, name) for name in names}


def _letter(row: LetterTemplate | None) -> dict[str, str]:
    return {"subject": row.subject, "body": row.body} if row else {"subject": "", "body": ""}


def _words(one: Mapping[str, Any]) -> dict[str, str]:
    """The words by language among other things."""
    return {language: str(one[language]) for language in LANGUAGES if one.get(language)}


# --- Where a next round begins ---------------------------------------------------------------------------------------
def known() -> list[rounds_proposing.Known]:
    """Every round's place and times."""
    return [rounds_proposing.Known(one.year, one.number, one.times) for one in Round.objects.all()]


def proposal(now: datetime) -> tuple[int, int, rules.Times]:
    """Year, number and times of the next round, as proposed."""
    return rounds_proposing.propose(known(), now)


def last() -> Round | None:
    """The round that the next is made from."""
    return every().first()


@lru_cache(maxsize=1)
def _beginning(_changed_at: int) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((settings.REFERENCE_DIR / BEGINNING).read_text(encoding="utf-8"))
    return found


def beginning() -> Mapping[str, Any]:
    """What the first round of an installation begins with."""
    return _beginning((settings.REFERENCE_DIR / BEGINNING).stat().st_mtime_ns)


def newest_workflow() -> WorkflowVersion | None:
    """The workflow that a new round gets."""
    return WorkflowVersion.objects.order_by("-number").first()


def form_choices(chosen: object = None) -> Sequence[FormVersion]:
    """The newest version of every form for applications, the newest first; the chosen one stays among them."""
    found: dict[int, FormVersion] = {}
    rows = FormVersion.objects.filter(form__kind="application").select_related("form")
    for row in rows.filter(form__retired_at=None).order_by("-published_at", "-number"):
        found.setdefault(row.form_id, row)
    kept = list(found.values())
    if chosen and chosen not in {row.pk for row in kept}:
        kept += rows.filter(pk=chosen)
    return kept


def form_title(version: FormVersion, language: str) -> str:
    """What a version of a form is called."""
    title = forms.compiled(version).title.in_language(language) or version.form.key
    return _("%(title)s, version %(number)s") % {"title": title, "number": version.number}


def may_sit(role: Role, seated: Collection[str]) -> list[User]:
    """Who holds a role in the network now, and who sits on the panel already, by name."""
    today = timezone.localdate()
    holding = RoleGrant.objects.filter(role=role, withdrawn_at=None, starts__lte=today)
    holding = holding.filter(Q(ends=None) | Q(ends__gte=today))
    people = User.objects.filter(Q(grants__in=holding) | Q(key__in=list(seated)), is_active=True)
    return list(people.distinct().order_by("name", "email"))


def in_words(texts: Iterable[Mapping[str, str]], language: str) -> list[str]:
    """Names in the reader's language, bokmål where they have no other."""
    return [one.get(language) or one.get("nb") or next(iter(one.values()), "") for one in texts]
