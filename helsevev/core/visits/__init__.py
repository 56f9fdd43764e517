"""What an opened page tells without telling who opened it (besøk): way here, device, language. Pure."""

from helsevev.core.visits.agents import DEVICE_NAMES, DEVICES, Device, kind_of
from helsevev.core.visits.arriving import CHANNEL_NAMES, CHANNELS, Arrival, Channel, arrival
from helsevev.core.visits.counting import OTHER, Batch, Look, Seen
from helsevev.core.visits.folding import FEWEST, folded
from helsevev.core.visits.languages import preferred
from helsevev.core.visits.periods import QUARTERS, Period, month_of, named, quarter_of

__all__ = [
    "CHANNELS",
    "CHANNEL_NAMES",
    "DEVICES",
    "DEVICE_NAMES",
    "FEWEST",
    "OTHER",
    "QUARTERS",
    "Arrival",
    "Batch",
    "Channel",
    "Device",
    "Look",
    "Period",
    "Seen",
    "arrival",
    "folded",
    "kind_of",
    "month_of",
    "named",
    "preferred",
    "quarter_of",
]
