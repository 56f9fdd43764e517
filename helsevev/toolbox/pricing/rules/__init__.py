"""What may be done with price cases, by whom, and what of them lies on the shelf. Pure."""

from helsevev.toolbox.pricing.rules.permissions import PERMISSIONS, TAKING_PART

__all__ = ["PERMISSIONS", "TAKING_PART"]
