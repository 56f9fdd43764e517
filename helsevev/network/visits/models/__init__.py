"""Tables of this room: what was counted, and what is entered of followers elsewhere."""

from helsevev.network.visits.models.counts import Day, Tally
from helsevev.network.visits.models.social import Channel, Month

__all__ = ["Channel", "Day", "Month", "Tally"]
