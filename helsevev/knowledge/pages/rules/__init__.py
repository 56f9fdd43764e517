"""What a page may hold, who may write one, and how its text is read. Pure."""

from helsevev.knowledge.pages.rules.keeping import KEEPS
from helsevev.knowledge.pages.rules.permissions import PERMISSIONS

__all__ = ["KEEPS", "PERMISSIONS"]
