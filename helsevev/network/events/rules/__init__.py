"""What may and may not happen to meetings; pure."""

from helsevev.network.events.rules.permissions import PERMISSIONS

__all__ = ["PERMISSIONS"]
