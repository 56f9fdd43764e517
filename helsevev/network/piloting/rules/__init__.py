"""What may and may not happen with pilots, protocols and experiences. Pure."""

from helsevev.network.piloting.rules.permissions import PERMISSIONS

__all__ = ["PERMISSIONS"]
