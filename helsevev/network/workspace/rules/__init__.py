"""What may and may not happen in a workspace. Pure."""

from helsevev.network.workspace.rules.permissions import PERMISSIONS

__all__ = ["PERMISSIONS"]
