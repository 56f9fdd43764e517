"""A letter in numbers: how many it went to, arrived at, came back from, and how many clicked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count

from helsevev.commons.mail import queries as mail
from helsevev.commons.mail.models import Message
from helsevev.core.newsletter import clicks
from helsevev.network.newsletter.models import Letter
from helsevev.network.newsletter.queries import letters

BATCH = "newsletter"


def prefix(letter: Letter) -> str:
    """How the keys of its batches begin."""
    return f"{BATCH}:{letter.key}:"


@dataclass(frozen=True)
class Numbers:
    """What is counted of one letter. `people` leaves scanners out of `every`; `links` counts both for each link."""

    addressed: int = 0
    waiting: int = 0
    delivered: int = 0
    refused: int = 0
    returned: int = 0
    unknown: int = 0
    every: int = 0
    people: int = 0
    links: tuple[tuple[int, int], ...] = ()

    @property
    def rate(self) -> float | None:
        """Clickers in percent of what arrived, without scanners."""
        return clicks.rate(self.people, self.delivered)

    @property
    def rate_with_machines(self) -> float | None:
        """The same with scanners."""
        return clicks.rate(self.every, self.delivered)

    def as_json(self) -> dict[str, Any]:
        """What is kept when the key goes."""
        return {**self.__dict__, "links": [list(one) for one in self.links]}


def of(letter: Letter) -> Numbers:
    """What was kept, else what can be counted now."""
    if letter.numbers:
        kept = dict(letter.numbers)
        return Numbers(**{**kept, "links": tuple((one[0], one[1]) for one in kept["links"])})
    return live(letter)


def live(letter: Letter) -> Numbers:
    """Counted now."""
    rows = mail.of_batches(prefix(letter)).order_by().values_list("state").annotate(Count("pk"))
    states, state = dict(rows), Message.State
    # A demonstration has no mail server: what it keeps counts as arrived.
    arrived = states.get(state.SENT, 0) + (states.get(state.KEPT, 0) if settings.DEMO else 0)
    returned = letter.bounces.filter(came_back=True).count()
    found = clicks.counted(_clicks(letter))
    return Numbers(
        addressed=sum(states.values()),
        waiting=states.get(state.QUEUED, 0) + states.get(state.SENDING, 0),
        delivered=max(arrived - returned, 0),
        refused=states.get(state.FAILED, 0),
        returned=returned,
        unknown=states.get(state.UNKNOWN, 0),
        every=found.every,
        people=found.people,
        links=tuple(found.links.get(number, (0, 0)) for number in range(1, len(letter.links) + 1)),
    )


def _clicks(letter: Letter) -> Iterable[clicks.Click]:
    rows = letter.clicks.values_list("mark", "link", "at", "is_machine").iterator(5000)
    return (clicks.Click(*row) for row in rows)


def of_year(year: int, cutoff: date) -> list[tuple[Letter, Numbers]]:
    """The letters that began to go out in a year, up to a day, the first first."""
    rows = letters.public().filter(began_at__year=year, began_at__date__lte=cutoff).order_by("began_at", "pk")
    return [(one, of(one)) for one in rows]
