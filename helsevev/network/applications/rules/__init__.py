"""What may and may not happen with rounds and applications. Pure."""

from helsevev.network.applications.rules.permissions import PERMISSIONS

__all__ = ["PERMISSIONS"]
