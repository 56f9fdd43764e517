"""What this room shows at the front door and on my page."""

from helsevev.network.newsletter.panels.front import head_links, personal_data, sections

__all__ = ["head_links", "personal_data", "sections"]
