"""What may and may not happen with a survey. Pure."""

from helsevev.network.surveys.rules.permissions import PERMISSIONS

__all__ = ["PERMISSIONS"]
