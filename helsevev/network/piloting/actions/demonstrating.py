"""What a demonstration shows of pilots: the case, made by the actions that people's own work is made by."""

from datetime import timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from helsevev.core.piloting.intervals import exact_share
from helsevev.core.piloting.pacing import Week, monday
from helsevev.core.words import Refused
from helsevev.network.piloting.actions import experience, papers, pilots
from helsevev.network.piloting.models import Paper, PaperVersion, Pilot
from helsevev.network.piloting.queries import words
from helsevev.network.piloting.rules import demo as case
from helsevev.network.piloting.rules.reviewing import Choice, Decision
from helsevev.network.workspace.actions.demonstrating import Cast, cast_of_the_case

NAMESPACE = UUID("0f1f6f3c-54a1-4f6c-8a55-1f0c8e1b2d10")


def demonstrate() -> bool:
    """Make the case's pilot where it isn't there yet; says whether it did."""
    cast = cast_of_the_case() if settings.DEMO else None
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


def _protocol(cast: Cast) -> Pilot:
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


def _sign(cast: Cast, version: PaperVersion, key: str) -> None:
    papers.sign(version, cast.places[key], cast.signers[key], version.digest, {key})


def _weeks(cast: Cast, pilot: Pilot) -> None:
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


def _conclude(cast: Cast, pilot: Pilot) -> None:
    name, events, people = case.SCREENED
    found = exact_share(events, people)
    outcome = {"measure": name, "people": people, "events": events, "low": found.low, "high": found.high}
    sent = pilots.Given(case.LEARNED, Decision.ADAPT, case.REASON, case.OTHERS, [outcome])
    pilots.give_result(pilot, sent, cast.leader)


def _experience(cast: Cast) -> None:
    """Told, and laid before the parties: the municipality has consented, the hospital hasn't yet."""
    paper = experience.begin(cast.initiative, cast.by)
    known = {name: text for name, text in case.EXPERIENCE.items() if not str(paper.content.get(name, "")).strip()}
    saved = papers.save(paper, {**paper.content, **known}, paper.revision, cast.by)
    version = papers.offer(saved, saved.revision, cast.by)
    _sign(cast, version, case.MUNICIPALITY)
