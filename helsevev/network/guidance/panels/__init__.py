"""What the front door may show of guidance."""

from helsevev.network.guidance.panels.mine import notices, personal_data, waiting

__all__ = ["notices", "personal_data", "waiting"]
