"""Changes of a case: each one is a new version with who and when, and can be taken back."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit import actions as audit
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import Organisation, User
from helsevev.core import pricing
from helsevev.core.pricing.inputs import laws_follow
from helsevev.core.slugs import slug
from helsevev.core.words import Refusal, Refused
from helsevev.toolbox.pricing.models import CaseDraft, CaseRevision, PriceCase, Scenario
from helsevev.toolbox.pricing.queries.cases import municipalities
from helsevev.toolbox.pricing.rules.keyed import Change, changed, differences, meeting, taken_back
from helsevev.toolbox.pricing.rules.reasons import Why

LONGEST_DRAFT = 2_000_000
MOST_SCENARIOS = 12
KIND = "price case"


@transaction.atomic
def create(
    owner: Organisation,
    content: Mapping[str, Any],
    actor: str,
    *,
    initiative: Initiative | None = None,
    is_illustrative: bool = False,
) -> PriceCase:
    """A new case from a content that can be reckoned; raises `Faulty` otherwise."""
    read = pricing.read(content)
    pricing.price(read)
    if not read.title.strip():
        raise Refused(Refusal(Why.NO_TITLE))
    case = PriceCase.objects.create(
        key=_free_key(read.title),
        title=read.title[:200],
        owner=owner,
        initiative=initiative,
        is_illustrative=is_illustrative,
    )
    _write(case, read, actor, CaseRevision.Via.EDIT, "")
    return case


def _free_key(title: str) -> str:
    """A key from the title that no other case has."""
    stem = slug(title)[:70].strip("-") or "case"
    taken = set(PriceCase.objects.filter(key__startswith=stem).values_list("key", flat=True))
    tries = (stem if at == 1 else f"{stem}-{at}" for at in range(1, len(taken) + 2))
    return next(key for key in tries if key not in taken and key not in RESERVED)


# Words that stand where a key would in the room's addresses.
RESERVED = frozenset({"new", "population", "comparison", "series"})


@transaction.atomic
def save(
    case: PriceCase, content: Mapping[str, Any], base_version: int, actor: str, *, via: str = "edit", note: str = ""
) -> CaseRevision:
    """Write a new version. What others have changed meanwhile goes together, unless both changed the same input."""
    standing = _standing(case)
    base = CaseRevision.objects.get(case=case, number=base_version)
    written = pricing.read(content).as_dict()
    if via != CaseRevision.Via.IMPORT:  # a file says itself what its laws are
        written = laws_follow(base.content, written)
    mine = differences(base.content, written)
    if base.number != standing.number:
        both = meeting(mine, differences(base.content, standing.content))
        if both:
            raise Refused(Refusal(Why.CHANGED_MEANWHILE, {"places": _places(both)}))
    read = pricing.read(changed(standing.content, mine))
    if read.as_dict() == standing.content:
        raise Refused(Refusal(Why.NOTHING_DIFFERS))
    pricing.price(read)
    return _write(case, read, actor, via, note)


@transaction.atomic
def undo(revision: CaseRevision, actor: str) -> CaseRevision:
    """Take one version's change back, where nothing newer stands in the way."""
    case = revision.case
    if revision.number == 1:
        raise Refused(Refusal(Why.FIRST_VERSION))
    standing = _standing(case)
    before = CaseRevision.objects.get(case=case, number=revision.number - 1)
    back = taken_back(differences(before.content, revision.content))
    both = meeting(back, differences(revision.content, standing.content))
    if both:
        raise Refused(Refusal(Why.CHANGED_SINCE, {"places": _places(both)}))
    read = pricing.read(changed(standing.content, back))
    if read.as_dict() == standing.content:
        raise Refused(Refusal(Why.NOTHING_DIFFERS))
    pricing.price(read)
    return _write(case, read, actor, CaseRevision.Via.UNDO, str(revision.number))


def _standing(case: PriceCase) -> CaseRevision:
    """The version that stands, with its case locked until the transaction ends."""
    locked = PriceCase.objects.select_for_update().get(pk=case.pk)
    case.version = locked.version
    found: CaseRevision = CaseRevision.objects.get(case=case, number=locked.version)
    return found


def _places(changes: list[Change]) -> str:
    return ", ".join(change.place for change in changes[:5])


def _write(case: PriceCase, read: pricing.Case, actor: str, via: str, note: str) -> CaseRevision:
    """One more version, the partners it names, and a line in the trail."""
    number = (
        CaseRevision.objects.filter(case=case).order_by("-number").values_list("number", flat=True).first() or 0
    ) + 1
    made: CaseRevision = CaseRevision.objects.create(
        case=case, number=number, actor=actor, via=via, content=read.as_dict(), digest=read.digest, note=note[:300]
    )
    case.title, case.version, case.changed_at = read.title[:200] or case.title, number, timezone.now()
    case.save(update_fields=["title", "version", "changed_at"])
    case.partners.set(municipalities(one.number for one in read.municipalities).values())
    audit.record(actor, "changed", KIND, case.key, {"version": number, "digest": read.digest, "via": via})
    return made


@transaction.atomic
def link(case: PriceCase, initiative: Initiative | None, actor: str) -> None:
    """Say which project the case belongs to."""
    case.initiative = initiative
    case.save(update_fields=["initiative"])
    audit.record(actor, "linked", KIND, case.key, {"initiative": initiative.key if initiative else ""})


# --- Drafts and scenarios --------------------------------------------------------------------------------------------
def keep(user: User, case: PriceCase, content: Mapping[str, Any], base_version: int) -> CaseDraft:
    """Keep what was typed, as it was typed."""
    length = len(json.dumps(content, ensure_ascii=False))
    if length > LONGEST_DRAFT:
        raise Refused(Refusal(Why.TOO_LONG_TEXT, {"length": length, "longest": LONGEST_DRAFT}))
    values = {"fields": dict(content), "base_version": base_version, "saved_at": timezone.now()}
    return CaseDraft.objects.update_or_create(user=user, case=case, defaults=values)[0]


def forget(user: User, case: PriceCase) -> None:
    """Throw away what was typed."""
    CaseDraft.objects.filter(user=user, case=case).delete()


@transaction.atomic
def add_scenario(case: PriceCase, name: str, changes: Mapping[str, float], actor: str) -> Scenario:
    """Keep what the sliders say under a name."""
    if not changes:
        raise Refused(Refusal(Why.NO_CHANGES))
    kept = Scenario.objects.select_for_update().filter(case=case)
    if kept.filter(name=name).exists():
        raise Refused(Refusal(Why.NAME_TAKEN, {"name": name}))
    if kept.count() >= MOST_SCENARIOS:
        raise Refused(Refusal(Why.TOO_MANY_SCENARIOS, {"most": MOST_SCENARIOS}))
    made = Scenario.objects.create(case=case, name=name, changes=dict(changes), actor=actor)
    audit.record(actor, "added scenario", KIND, case.key, {"scenario": made.pk})
    return made


@transaction.atomic
def drop_scenario(scenario: Scenario, actor: str) -> None:
    """Take a scenario away."""
    audit.record(actor, "dropped scenario", KIND, scenario.case.key, {"scenario": scenario.pk})
    scenario.delete()
