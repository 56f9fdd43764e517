"""What a demonstration shows of a workspace, made by the same actions as people's own work."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.conf import settings
from django.db import transaction

from helsevev.commons.demo import queries as demo
from helsevev.commons.forms import actions as forms
from helsevev.commons.forms.actions import Change
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import Organisation, User
from helsevev.commons.people.rules import Role
from helsevev.core.roadmap import Phase
from helsevev.core.words import Refused
from helsevev.network.guidance.queries import rooms
from helsevev.network.workspace.actions import gates, guides, rows, words
from helsevev.network.workspace.models import (
    Concept,
    ConceptExample,
    Condition,
    Gate,
    GateSubmission,
    Guide,
    PlanEntry,
    Risk,
    Stakeholder,
)
from helsevev.network.workspace.queries.guides import newest
from helsevev.network.workspace.rules import demo as case
from helsevev.network.workspace.rules.gates import Decision

LANGUAGE = "nb"


@dataclass(frozen=True)
class Cast:
    """Who acts in the case: invented people, and the organisations they act for."""

    initiative: Initiative
    leader: User
    signers: Mapping[str, User]
    places: Mapping[str, Organisation]

    @property
    def by(self) -> str:
        """What the trail calls the leader."""
        return str(self.leader.key)


def demonstrate() -> bool:
    """Make the case's workspace where it isn't there yet; says whether it did."""
    cast = cast_of_the_case() if settings.DEMO else None
    if cast is None or Concept.objects.filter(initiative=cast.initiative).exists():
        return False
    try:
        with transaction.atomic():
            _rows(cast)
            _words(cast)
            _gates(cast)
            _guide(cast)
    except Refused:
        # Somebody has used this demonstration's project for something else: theirs stands.
        return False
    return True


def cast_of_the_case() -> Cast | None:
    """The people and places, once they all are there."""
    initiative = rooms.initiative(case.CASE)
    leader = demo.account(Role.PROJECT_LEADER)
    municipal, hospital = (demo.account(code) for code in ("municipal_signer", "hospital_signer"))
    places = {one.key: one for one in Organisation.objects.filter(key__in=(case.MUNICIPALITY, case.HOSPITAL))}
    if initiative is None or leader is None or municipal is None or hospital is None or len(places) < 2:
        return None
    return Cast(initiative, leader, {case.MUNICIPALITY: municipal, case.HOSPITAL: hospital}, places)


def _rows(cast: Cast) -> None:
    for name, interest, influence, attitude, involve in case.STAKEHOLDERS:
        fields = {
            "name": name,
            "interest": interest,
            "influence": influence,
            "attitude": attitude,
            "involve": involve,
        }
        rows.make(Stakeholder, cast.initiative, fields, cast.by)
    for title, likelihood, consequence, owner, measure, review in case.RISKS:
        fields = {
            "title": title,
            "likelihood": likelihood,
            "consequence": consequence,
            "owner": owner,
            "measure": measure,
            "review_on": review,
        }
        rows.make(Risk, cast.initiative, fields, cast.by)
    for one in case.PLAN:
        fields = {
            "title": one.title,
            "kind": one.kind,
            "phase": one.phase,
            "owner": one.owner,
            "starts": one.starts,
            "ends": one.ends,
            "done_on": one.ends if one.done else None,
        }
        rows.make(PlanEntry, cast.initiative, fields, cast.by)


def _words(cast: Cast) -> None:
    """Early discharge in its two readings, signed in the end; and a word that waits for one more signature."""
    early = words.begin(cast.initiative, case.WORD, cast.by)
    _define(cast, early, case.DEFINITIONS)
    made: dict[str, ConceptExample] = {}
    for text, *_answers in case.EXAMPLES:
        made[text] = rows.make(ConceptExample, cast.initiative, {"text": text}, cast.by, concept=early)
    for at, key in enumerate((case.MUNICIPALITY, case.HOSPITAL), start=1):
        given = {made[one[0]].key: one[at] for one in case.EXAMPLES}
        words.answer(cast.places[key], given, early, str(cast.signers[key].key))
    words.propose(early, case.FIRST_TEXT, {}, cast.by)
    _sign(cast, early, case.MUNICIPALITY)
    _sign(cast, early, case.HOSPITAL)
    words.propose(early, case.SECOND_TEXT, {one[0]: one[3] for one in case.EXAMPLES}, cast.by, case.SECOND_REASON)
    _sign(cast, early, case.MUNICIPALITY)
    _sign(cast, early, case.HOSPITAL)
    pilot = words.begin(cast.initiative, case.OTHER_WORD, cast.by)
    _define(cast, pilot, case.OTHER_DEFINITIONS)
    words.propose(pilot, case.OTHER_TEXT, {}, cast.by)
    _sign(cast, pilot, case.MUNICIPALITY)


def _define(cast: Cast, concept: Concept, texts: Mapping[str, str]) -> None:
    for key, text in texts.items():
        words.define(concept, cast.places[key], text, str(cast.signers[key].key), 0)


def _sign(cast: Cast, concept: Concept, key: str) -> None:
    text = concept.agreed.order_by("-number")[:1].get()
    words.sign(concept, cast.places[key], cast.signers[key], {key}, text.digest)


def _gates(cast: Cast) -> None:
    """Insight was left on terms; the pilot was sent back once, and lies before its approvers again."""
    insight = _laid(cast, Phase.INSIGHT, case.INSIGHT, date(2024, 2, 20))
    _decided(cast, insight, case.HOSPITAL, (Decision.PASS, case.INSIGHT_PASSED), date(2024, 2, 26))
    on_terms = (Decision.CONDITIONAL, case.INSIGHT_ON_TERMS)
    _decided(cast, insight, case.MUNICIPALITY, on_terms, date(2024, 2, 27), case.INSIGHT_TERMS)
    first = Condition.objects.filter(verdict__submission__gate=insight).order_by("due")[:1].get()
    gates.meet(first, cast.by, case.INSIGHT_MET)
    pilot = _laid(cast, Phase.PILOTING, case.PILOT_ONE, date(2025, 3, 27), case.PILOT_ONE_UNMET)
    _decided(cast, pilot, case.HOSPITAL, (Decision.BACK, case.PILOT_BACK), date(2025, 4, 1))
    _laid(cast, Phase.PILOTING, case.PILOT_TWO, date(2025, 9, 4), case.PILOT_TWO_UNMET)


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


def _laid(cast: Cast, phase: Phase, answers: Mapping[str, str], day: date, unmet: frozenset[str] = frozenset()) -> Gate:
    """A gate with its criteria answered, laid before one approver of each level."""
    made = gates.start(cast.initiative, phase, cast.by, LANGUAGE, _moment(day))
    changes = [Change(f"{name}_done", name not in unmet, 0) for name in answers]
    for name, text in answers.items():
        changes.append(Change(f"{name}_plan" if name in unmet else f"{name}_evidence", text, 0))
    changes.append(Change("ready", "yes_if", 0))
    forms.save(made.sheet, changes, cast.by)
    for key, user in cast.signers.items():
        gates.name_approver(made, user, cast.places[key], cast.by)
    gates.submit(made, cast.by, LANGUAGE, _moment(day))
    return made


def _decided(
    cast: Cast, gate: Gate, key: str, said: tuple[Decision, str], day: date, terms: tuple[tuple[str, date], ...] = ()
) -> None:
    submission: GateSubmission = gate.submissions.all()[:1].get()
    given = gates.Given(*said, submission.digest, terms)
    gates.decide(gate, cast.signers[key], cast.places[key], given, _moment(day))


def _guide(cast: Cast) -> None:
    """The guide for children's services, with a few lines that are different here."""
    guide = Guide.objects.filter(key="children-and-young-people").first()
    if guide is None:
        return
    adopted = guides.adopt(cast.initiative, newest(guide), cast.by)
    guides.rewrite(adopted, "clarify.need.a2", "Spør mødre og fedre hva som gjorde hjemreisen trygg.", cast.by)
    guides.drop(adopted, "clarify.need.t1", cast.by)
    guides.add(adopted, "anchor.staff", "activities", "La prosjektleder møte jordmødrene selv.", cast.by)
    guides.tick(adopted, "clarify.need.a1", date(2024, 2, 28), cast.by)
