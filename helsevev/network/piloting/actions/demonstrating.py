"""What a demonstration shows of pilots: the case, made by the actions that people's own work is made by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from helsevev.commons.demo import queries as demo
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import Organisation, User
from helsevev.commons.people.rules import Role
from helsevev.core.piloting.intervals import exact_share
from helsevev.core.piloting.pacing import Week, monday
from helsevev.core.words import Refused
from helsevev.network.guidance.queries import rooms
from helsevev.network.piloting.actions import experience, papers, pilots
from helsevev.network.piloting.models import Paper, PaperVersion, Pilot
from helsevev.network.piloting.queries import words
from helsevev.network.piloting.rules import demo as case
from helsevev.network.piloting.rules.reviewing import Choice, Decision

NAMESPACE = UUID("0f1f6f3c-54a1-4f6c-8a55-1f0c8e1b2d10")


@dataclass(frozen=True)
class _Cast:
    """Who acts in the case."""

    initiative: Initiative
    leader: User
    signers: Mapping[str, User]
    places: Mapping[str, Organisation]

    @property
    def by(self) -> str:
        """What the trail calls the leader."""
        return str(self.leader.key)


def demonstrate() -> bool:
    """Make the case's pilot where it isn't there yet; says whether it did."""
    cast = _cast() if settings.DEMO else None
    if cast is None or Pilot.objects.filter(initiative=cast.initiative).exists():
        return False
    if not words.current(cast.initiative):
        return False
    try:
        with transaction.atomic(), override("nb"):
            pilot = _protocol(cast)
            _weeks(cast, pilot)
            _conclude(cast, pilot)
            _experience(cast)
    except Refused:
        # Somebody has used this demonstration's project for something else: theirs stands.
        return False
    return True


def _cast() -> _Cast | None:
    initiative = rooms.initiative(case.CASE)
    leader = demo.account(Role.PROJECT_LEADER)
    municipal, hospital = (demo.account(code) for code in ("municipal_signer", "hospital_signer"))
    places = {one.key: one for one in Organisation.objects.filter(key__in=(case.MUNICIPALITY, case.HOSPITAL))}
    if initiative is None or leader is None or municipal is None or hospital is None or len(places) < 2:
        return None
    return _Cast(initiative, leader, {case.MUNICIPALITY: municipal, case.HOSPITAL: hospital}, places)


def _protocol(cast: _Cast) -> Pilot:
    """The protocol, signed by both."""
    pilot = pilots.begin(cast.initiative, cast.by, case.NOTE)
    term = next(iter(words.current(cast.initiative).values())).as_dict()
    criteria = (
        ("inclusion", "Mor og barn er friske, og reiser hjem innen 24 timer"),
        ("exclusion", case.TOO_LATE),
        ("exclusion", case.FAR),
    )
    content = case.PROTOCOL | {
        "criteria": [
            {"id": f"c{at}", "sort": sort, "text": text, "term": term} for at, (sort, text) in enumerate(criteria, 1)
        ],
        "resources": [
            {"party": key, "name": cast.places[key].name, "what": what, "hours": hours}
            for key, (what, hours) in case.RESOURCES.items()
        ],
        "deciders": [{"key": str(one.key), "name": one.name} for one in (cast.leader, *cast.signers.values())],
    }
    paper = Paper.objects.get(pilot=pilot)
    saved = papers.save(paper, content, paper.revision, cast.by)
    version = papers.offer(saved, saved.revision, cast.by)
    for key in cast.places:
        _sign(cast, version, key)
    return pilot


def _sign(cast: _Cast, version: PaperVersion, key: str) -> None:
    papers.sign(version, cast.places[key], cast.signers[key], version.digest, {key})


def _weeks(cast: _Cast, pilot: Pilot) -> None:
    """Every week, as it could have been counted then; with the reviews where they were held."""
    held = {planned: (on, why) for planned, on, why in case.REVIEWS}
    for day in case.looks():
        week = monday(day)
        included, late = (
            case.by_day(known, day) - case.by_day(known, week - timedelta(days=1))
            for known in (case.KNOWN, case.LEFT_OUT)
        )
        row = Week(week, day, included, {"c2": late} if late else {})
        pilots.count(pilot, pilots.Counted(row, "", uuid5(NAMESPACE, f"week {day}")), cast.by, day)
        if day in held:
            on, why = held[day]
            sent = pilots.Reviewed(day, on, Choice.GO_ON, why, uuid5(NAMESPACE, f"review {day}"))
            pilots.review(pilot, sent, cast.leader, on)


def _conclude(cast: _Cast, pilot: Pilot) -> None:
    name, events, people = case.SCREENED
    found = exact_share(events, people)
    outcome = {"measure": name, "people": people, "events": events, "low": found.low, "high": found.high}
    sent = pilots.Given(case.LEARNED, Decision.ADAPT, case.REASON, case.OTHERS, [outcome])
    pilots.give_result(pilot, sent, cast.leader)


def _experience(cast: _Cast) -> None:
    """Told, and laid before the parties: the municipality has consented, the hospital hasn't yet."""
    paper = experience.begin(cast.initiative, cast.by)
    known = {name: text for name, text in case.EXPERIENCE.items() if not str(paper.content.get(name, "")).strip()}
    saved = papers.save(paper, {**paper.content, **known}, paper.revision, cast.by)
    version = papers.offer(saved, saved.revision, cast.by)
    _sign(cast, version, case.MUNICIPALITY)
