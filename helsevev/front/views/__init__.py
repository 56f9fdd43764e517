"""The pages of the front door, and what it tells machines."""

from helsevev.front.views.machines import (
    favicon,
    manifest,
    open_data,
    opensearch,
    robots,
    security,
    sitemap,
    sitemap_part,
)
from helsevev.front.views.mine import mine, my_data
from helsevev.front.views.organisations import organisation, organisations
from helsevev.front.views.pages import about, accessibility, cookies, home, interface, privacy

__all__ = [
    "about",
    "accessibility",
    "cookies",
    "favicon",
    "home",
    "interface",
    "manifest",
    "mine",
    "my_data",
    "open_data",
    "opensearch",
    "organisation",
    "organisations",
    "privacy",
    "robots",
    "security",
    "sitemap",
    "sitemap_part",
]
