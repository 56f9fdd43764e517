"""What this room shows at the front door and on my page."""

from helsevev.network.events.panels.front import head_links, home, personal_data, sections, waiting

__all__ = ["head_links", "home", "personal_data", "sections", "waiting"]
