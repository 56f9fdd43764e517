"""What the front door may show of the portfolio."""

from helsevev.network.portfolio.panels.front import files, head_links, home, sections

__all__ = ["files", "head_links", "home", "sections"]
