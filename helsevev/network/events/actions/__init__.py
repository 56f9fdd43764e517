"""Every change of meetings and of who takes part in them."""

from helsevev.network.events.actions.loading import PART

__all__ = ["PART"]
