"""What rounds on their way ask of the advisors' hours (behov): their hour frames, until awards are published."""

from collections.abc import Sequence
from datetime import datetime

from helsevev.network.applications.models import Round
from helsevev.network.applications.queries import rounds_showing as showing
from helsevev.network.assessment.models import Board
from helsevev.network.assessment.rules.board import State
from helsevev.network.guidance.queries.capacity import Demand


def asked_next(_now: datetime) -> Sequence[Demand]:
    """The hour frames of rounds that aren't decided, the soonest first; a published award is in the ledgers already."""
    published = Board.objects.filter(state=State.PUBLISHED).values("round_id")
    rows = Round.objects.filter(hours__gt=0).exclude(state__in=["decided", "cancelled"]).exclude(pk__in=published)
    return [Demand(showing.name(row), row.hours * 60) for row in rows.order_by("year", "number")]
