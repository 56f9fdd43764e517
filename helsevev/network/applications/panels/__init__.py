"""What this room shows at the front door and on my page."""

from helsevev.network.applications.panels.calls import head_links, home, sections

__all__ = ["head_links", "home", "sections"]
