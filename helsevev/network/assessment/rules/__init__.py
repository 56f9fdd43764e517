"""What may and may not happen between the deadline and the award. Pure."""

from helsevev.network.assessment.rules.permissions import PERMISSIONS

__all__ = ["PERMISSIONS"]
