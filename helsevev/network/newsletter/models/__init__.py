"""Tables of the newsletter."""

from helsevev.network.newsletter.models.letters import Click, Item, Letter
from helsevev.network.newsletter.models.subscribers import Bounce, Subscriber

__all__ = ["Bounce", "Click", "Item", "Letter", "Subscriber"]
