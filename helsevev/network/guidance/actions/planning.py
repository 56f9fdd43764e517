"""Plans in the ledger: what they come to now, and how they are taken back."""

from helsevev.core import ledger
from helsevev.core.ledger import Kind, Purpose
from helsevev.network.guidance.actions.booking import Entry
from helsevev.network.guidance.models import Engagement, HourLine, Session


def standing(engagement: Engagement, session: Session | None = None) -> list[tuple[HourLine, int]]:
    """Planned lines that still plan something, and how much; of one session, where one is given."""
    rows = list(HourLine.objects.filter(engagement=engagement, kind=Kind.PLANNED).select_related("corrects", "session"))
    lines = [row.line for row in rows]
    found = [(row, ledger.stands_at(lines, row.line)) for row in rows if row.corrects_id is None]
    return [
        (row, minutes) for row, minutes in found if minutes > 0 and (session is None or row.session_id == session.pk)
    ]


def release(engagement: Engagement, session: Session | None = None, *, why: str = "") -> list[Entry]:
    """What takes the plans back: a line against each of them."""
    return [released(row, minutes, why) for row, minutes in standing(engagement, session)]


def released(row: HourLine, minutes: int, why: str) -> Entry:
    """What takes so much of one plan back."""
    purpose = Purpose(row.purpose)
    return Entry(Kind.PLANNED, -minutes, purpose, why, row.worked_on, row.advisor, row.session, row.number)
