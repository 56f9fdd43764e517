"""What may and may not happen in guidance. Pure."""

from helsevev.network.guidance.rules.permissions import PERMISSIONS

__all__ = ["PERMISSIONS"]
