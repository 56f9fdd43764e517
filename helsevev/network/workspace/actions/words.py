"""Clarifying a word: each party's own definition, its answers to the examples, a text to sign, and signatures."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit import actions as audit
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import Organisation, User
from helsevev.core.words import Refusal, Refused
from helsevev.network.workspace.actions import rows, telling
from helsevev.network.workspace.models import (
    AgreedText,
    Concept,
    ConceptExample,
    ConceptSignature,
    ExampleAnswer,
    PartyDefinition,
)
from helsevev.network.workspace.queries import words as asking
from helsevev.network.workspace.queries.clarifying import lines
from helsevev.network.workspace.rules import concepts as rules
from helsevev.network.workspace.rules import hurdles
from helsevev.network.workspace.rules.rows import Why as RowWhy

KIND = "concept"


@transaction.atomic
def begin(initiative: Initiative, fields: Mapping[str, str], by: str) -> Concept:
    """Put a word on the list of those to be clarified."""
    _refuse_taken(initiative, fields)
    made: Concept = rows.make(Concept, initiative, fields, by)
    return made


@transaction.atomic
def rename(concept: Concept, fields: Mapping[str, str], by: str, base: int) -> Concept:
    """Change what a word is called; what was signed says still what it said."""
    _refuse_taken(concept.initiative, fields, concept)
    changed: Concept = rows.change(concept, fields, by, base)
    return changed


def _refuse_taken(initiative: Initiative, fields: Mapping[str, str], concept: Concept | None = None) -> None:
    """Two words that are written alike couldn't be told apart where they occur."""
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    if rules.spellings(fields["name"], fields.get("also", "")) & asking.spelled(initiative, concept):
        raise Refused(Refusal(rules.Why.NAME_TAKEN))


@transaction.atomic
def delete(concept: Concept, by: str) -> None:
    """Take a word away; one that was laid forward for signing stays, and so does one that something rests on."""
    if AgreedText.objects.filter(concept=concept).exists():
        raise Refused(Refusal(rules.Why.SIGNED_WORD, {"name": concept.name}))
    if why := hurdles.refuse_delete(concept.key):
        raise Refused(*why)
    rows.delete(concept, by)


@transaction.atomic
def restore(concept: Concept, by: str) -> None:
    """Bring a deleted word back, where no other has taken its name."""
    if rules.spellings(concept.name, concept.also) & asking.spelled(concept.initiative, concept):
        raise Refused(Refusal(RowWhy.TAKEN))
    rows.restore(concept, by)


class DefinitionMet(Refused):
    """Somebody of the same party wrote meanwhile: carries what stands."""

    def __init__(self, standing: PartyDefinition) -> None:
        """Keep it."""
        self.standing = standing
        super().__init__(Refusal(RowWhy.MET))


@transaction.atomic
def define(concept: Concept, organisation: Organisation, text: str, by: str, base: int) -> PartyDefinition:
    """What one party means by a word, in its own words. `base`: the version that the writer had read, 0 for none."""
    held = PartyDefinition.objects.select_for_update().filter(concept=concept, organisation=organisation).first()
    if held is not None and held.text == text:
        return held
    if (held.version if held else 0) != base:
        assert held is not None
        raise DefinitionMet(held)
    before = held.text if held else ""
    found = held or PartyDefinition(concept=concept, organisation=organisation, version=0)
    found.text, found.version = text, base + 1
    found.changed_at, found.changed_by = timezone.now(), by
    found.save()
    detail = {"organisation": organisation.key, "before": before, "after": text}
    audit.record(by, "defined", KIND, str(concept.key), detail)
    return found


@transaction.atomic
def answer(organisation: Organisation, answers: Mapping[UUID, str], concept: Concept, by: str) -> int:
    """What one party answers to the examples, under its own definition; an empty one takes an answer back."""
    examples = {one.key: one for one in ConceptExample.objects.filter(concept=concept, deleted_at=None)}
    held = {
        one.example_id: one.answer
        for one in ExampleAnswer.objects.filter(example__concept=concept, organisation=organisation)
    }
    changed = 0
    for key, given in answers.items():
        example = examples.get(key)
        if example is None or held.get(example.pk, "") == given:
            continue
        changed += 1
        own = ExampleAnswer.objects.filter(example=example, organisation=organisation)
        if given:
            values = {"answer": rules.Answer(given), "at": timezone.now(), "by": by}
            ExampleAnswer.objects.update_or_create(example=example, organisation=organisation, defaults=values)
        else:
            own.delete()
        detail = {"organisation": organisation.key, "answer": given, "concept": str(concept.key)}
        audit.record(by, "answered", "concept example", str(key), detail)
    return changed


@transaction.atomic
def propose(concept: Concept, text: str, outcomes: Mapping[str, str], by: str, reason: str = "") -> AgreedText:
    """A definition for all to sign. It takes the place of the one before, whose signatures count no longer."""
    locked = Concept.objects.select_for_update().get(pk=concept.pk)
    if not text.strip():
        raise Refused(Refusal(rules.Why.NO_TEXT))
    before = asking.one(locked)
    signed = rules.content(locked.initiative.key, locked.name, text, outcomes)
    digest = rules.digest(signed)
    if before.text is not None and before.text.digest == digest:
        raise Refused(Refusal(rules.Why.SAME_TEXT))
    made: AgreedText = AgreedText.objects.create(
        concept=locked,
        number=before.text.number + 1 if before.text else 1,
        text=text,
        content=signed,
        digest=digest,
        reason=reason,
        proposed_by=by,
    )
    detail = {"number": made.number, "digest": digest, "voided": sorted(before.signed)}
    audit.record(by, "proposed", KIND, str(locked.key), detail)
    hurdles.tell_new_text(locked.initiative.key, locked.key, made.number)
    telling.tell_new_text(made, before)
    return made


@transaction.atomic
def sign(concept: Concept, organisation: Organisation, user: User, signs_for: Collection[str], shown: str) -> bool:
    """Sign for an organisation exactly the text whose digest one was shown; True when all have signed with this.

    `signs_for`: the organisations whose signature this person has. Anyone else's is refused, and so is any text but
    the one that stands.
    """
    locked = Concept.objects.select_for_update().get(pk=concept.pk)
    state = asking.one(locked)
    parties = [one.key for one in state.parties]
    standing = state.text.digest if state.text else None
    named = (organisation.key, organisation.name)
    if refusal := rules.refuse_sign(shown, standing, named, parties, signs_for):
        raise Refused(refusal)
    if organisation.key in state.signed:
        raise Refused(Refusal(rules.Why.SIGNED_ALREADY, {"name": organisation.name}))
    assert state.text is not None
    ConceptSignature.objects.create(
        agreed=state.text,
        organisation=organisation,
        actor=str(user.key),
        name=str(user)[:150],
        digest=state.text.digest,
    )
    detail = {"organisation": organisation.key, "number": state.text.number, "digest": state.text.digest}
    audit.record(str(user.key), "signed", KIND, str(locked.key), detail)
    is_agreed = {one.key for one in state.missing} == {organisation.key}
    if is_agreed:
        telling.tell_agreed(state.text)
    return is_agreed


def outcomes_of(concept: Concept, given: Mapping[UUID, str]) -> dict[str, str]:
    """Which examples the proposed definition has inside and outside, by their text, in their order."""
    found = {line.example.text: given.get(line.example.key, "") for line in lines(concept, asking.one(concept))}
    return {text: outcome for text, outcome in found.items() if outcome}
