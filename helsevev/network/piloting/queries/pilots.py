"""Pilots: which there are, what their protocol says on a day, how fast they include, and what that foretells."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone

from helsevev.commons.initiatives.models import Initiative
from helsevev.core.piloting.pacing import Pace, Plan, Week, weeks
from helsevev.network.piloting.models import Paper, Pilot, PilotResult, PilotReview, WarningChange, WeekCount
from helsevev.network.piloting.queries import papers
from helsevev.network.piloting.queries.papers import Laid
from helsevev.network.piloting.rules import counting, protocol
from helsevev.network.piloting.rules.forecasting import Outlook, outlook


def newest(initiative: Initiative) -> Pilot | None:
    """The last pilot that was begun."""
    return Pilot.objects.filter(initiative=initiative).order_by("-number").first()


def one(initiative: Initiative, number: int) -> Pilot | None:
    """A pilot of a project."""
    return Pilot.objects.filter(initiative=initiative, number=number).first()


def every(initiative: Initiative) -> list[Pilot]:
    """All of them, newest first."""
    return list(Pilot.objects.filter(initiative=initiative).order_by("-number"))


def result(pilot: Pilot) -> PilotResult | None:
    """What it gave, as it was told last."""
    return PilotResult.objects.filter(pilot=pilot).order_by("-number").first()


def warning(pilot: Pilot) -> WarningChange | None:
    """The last change of its warning."""
    return WarningChange.objects.filter(pilot=pilot).order_by("-pk").first()


def as_week(row: WeekCount) -> Week:
    """A row as the core knows it."""
    return Week(row.monday, row.until, row.included, {name: int(count) for name, count in row.excluded.items()})


@dataclass(frozen=True)
class Story:
    """Everything of one pilot (utprøvingens historie), read once."""

    pilot: Pilot
    paper: Paper
    history: tuple[Laid, ...]
    rows: tuple[WeekCount, ...]
    reviews: tuple[PilotReview, ...]
    result: PilotResult | None
    today: date

    @cached_property
    def agreed(self) -> list[Laid]:
        """Protocols that all have signed, oldest first."""
        return [one for one in reversed(self.history) if one.is_agreed]

    @property
    def open_text(self) -> Laid | None:
        """What waits for signatures."""
        return self.history[0] if self.history and self.history[0].is_open else None

    def text_on(self, day: date) -> Laid | None:
        """The protocol that counts on a day."""
        return papers.in_force(self.agreed, day)

    @cached_property
    def now(self) -> Laid | None:
        """The protocol that counts today."""
        return self.text_on(self.today)

    @property
    def plan(self) -> Plan | None:
        """Its plan."""
        return protocol.plan(self.now.row.content) if self.now else None

    def pace_on(self, day: date) -> Pace | None:
        """How it stood on a day: what was counted by then, against the protocol that counted then."""
        text = self.text_on(day)
        plan = protocol.plan(text.row.content) if text else None
        if text is None or plan is None:
            return None
        anew = [
            start
            for laid in self.agreed
            if laid.row.content.get("anew") and (start := protocol.day(laid.row.content.get("counts_from")))
        ]
        rate_from = max((start for start in anew if start <= day), default=None)
        known = weeks(as_week(row) for row in self.rows if row.until <= day)
        return Pace(plan, known, rate_from)

    @cached_property
    def pace(self) -> Pace | None:
        """How it stands now."""
        return self.pace_on(self.today)

    def outlook_on(self, day: date) -> Outlook | None:
        """What was to be foreseen on a day."""
        pace = self.pace_on(day)
        return outlook(pace) if pace else None

    @cached_property
    def outlook(self) -> Outlook | None:
        """What is to be foreseen now."""
        return self.outlook_on(self.today)

    @cached_property
    def planned_reviews(self) -> tuple[date, ...]:
        """The days on which it is looked at, as the protocol says now."""
        return protocol.reviews(self.now.row.content) if self.now else ()

    @property
    def held(self) -> dict[date, PilotReview]:
        """Reviews that were held, by the day they were planned for."""
        return {one.planned_on: one for one in self.reviews}

    @property
    def next_review(self) -> date | None:
        """The first review that isn't held."""
        return next((day for day in self.planned_reviews if day not in self.held), None)

    def looks(self) -> list[Outlook]:
        """What was to be foreseen on each review day that has been, and on the last day counted."""
        days = {day for day in self.planned_reviews if day <= self.today}
        if self.pace and self.pace.weeks:
            days.add(self.pace.weeks[-1].until)
        return [found for day in sorted(days) if (found := self.outlook_on(day))]

    def excluded(self) -> dict[str, int]:
        """How many were excluded, by reason."""
        sums: dict[str, int] = {}
        for week in self.pace.weeks if self.pace else ():
            for name, count in week.excluded.items():
                sums[name] = sums.get(name, 0) + count
        return sums

    @property
    def reason_names(self) -> dict[str, str]:
        """What each reason is called: criteria of every protocol there was, and our own, for the page to translate."""
        found: dict[str, str] = {}
        for laid in self.agreed:
            found |= dict(reasons(laid.content))
        return found | dict(counting.OTHER_REASONS)

    def latest(self, week: date) -> WeekCount | None:
        """What stands for a week."""
        return next((row for row in reversed(self.rows) if row.monday == week), None)


def story(pilot: Pilot, today: date | None = None) -> Story:
    """Everything of one pilot."""
    paper = Paper.objects.select_related("initiative").get(pilot=pilot)
    return Story(
        pilot,
        paper,
        tuple(papers.history(paper)),
        tuple(WeekCount.objects.filter(pilot=pilot).order_by("pk")),
        tuple(PilotReview.objects.filter(pilot=pilot)),
        result(pilot),
        today or timezone.localdate(),
    )


def reasons(content: dict[str, Any]) -> list[tuple[str, str]]:
    """What one may be excluded for: each criterion by its id and text."""
    return [(str(row["id"]), str(row["text"])) for row in protocol.rows(content, "criteria")]


def running() -> Iterable[Pilot]:
    """Pilots without a result."""
    return Pilot.objects.filter(results=None).select_related("initiative")
