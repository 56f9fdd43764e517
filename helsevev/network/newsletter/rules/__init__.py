"""What may and may not happen with a newsletter. Pure."""

from helsevev.network.newsletter.rules.permissions import PERMISSIONS

__all__ = ["PERMISSIONS"]
