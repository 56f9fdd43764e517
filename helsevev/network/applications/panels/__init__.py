"""What this room shows at the front door and on my page."""

from helsevev.network.applications.panels.calls import head_links, home, sections
from helsevev.network.applications.panels.mine import personal_data, waiting

__all__ = ["head_links", "home", "personal_data", "sections", "waiting"]
