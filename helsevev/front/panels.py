"""What every page's frame shows: the menu by what one may do, the foot, and links for programs."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext

from helsevev.commons.audit.rules import PERMISSIONS as AUDIT
from helsevev.commons.forms.rules import PERMISSIONS as FORMS
from helsevev.commons.mail.rules import PERMISSIONS as MAIL
from helsevev.commons.people.rules import PERMISSIONS as PEOPLE
from helsevev.commons.people.rules import Person, Table, may
from helsevev.commons.shelf.rules import PERMISSIONS as SHELF
from helsevev.core.browser import Kept, Place
from helsevev.core.frame import Block, Link, Section
from helsevev.core.opendata import Dataset
from helsevev.core.words import gettext_noop
from helsevev.knowledge.comments.rules import PERMISSIONS as COMMENTS
from helsevev.knowledge.pages.rules import PERMISSIONS as PAGES
from helsevev.network.applications.rules import PERMISSIONS as APPLICATIONS
from helsevev.network.assessment.rules import PERMISSIONS as ASSESSMENT
from helsevev.network.events.rules import PERMISSIONS as EVENTS
from helsevev.network.guidance.rules.permissions import PARTIES
from helsevev.network.guidance.rules.permissions import PERMISSIONS as GUIDANCE
from helsevev.network.newsletter.rules import PERMISSIONS as NEWSLETTER
from helsevev.network.portfolio.rules.permissions import PERMISSIONS as PORTFOLIO
from helsevev.network.portfolio.rules.permissions import TEAM
from helsevev.network.visits.rules import PERMISSIONS as VISITS
from helsevev.toolbox.pricing.rules import PERMISSIONS as PRICING
from helsevev.toolbox.pricing.rules import TAKING_PART


@dataclass(frozen=True)
class Entry:
    """A place in a menu: the name of its address, its label, and who may go there (no rule: everyone)."""

    name: str
    label: str
    allowed: Callable[[Person], bool] = lambda _person: True


class Item(TypedDict):
    """A menu entry as the page shows it."""

    label: str
    url: str
    current: bool


def _by(table: Table, action: str) -> Callable[[Person], bool]:
    return lambda person: may(person, action, table)


def _in_team(person: Person) -> bool:
    """Whether someone works with projects: their own organisation's, or everyone's."""
    return may(person, "see_drafts", PORTFOLIO, person.organisations(TEAM))


def _guided(person: Person) -> bool:
    """Whether someone guides, or works where projects may be guided."""
    return may(person, "see_room", GUIDANCE, person.organisations(PARTIES))


def _with_prices(person: Person) -> bool:
    """Whether someone has price cases to see: their own organisation's, or everyone's."""
    return may(person, "see", PRICING, person.organisations(TAKING_PART))


MENU = (
    Entry("portfolio:list", gettext_noop("Projects")),
    Entry("portfolio:dashboard", gettext_noop("Dashboard")),
    Entry("applications:calls", gettext_noop("Calls")),
    Entry("events:calendar", gettext_noop("Meetings")),
    Entry("pages:front", gettext_noop("Knowledge bank")),
    Entry("pricing:list", gettext_noop("Toolbox"), _with_prices),
    Entry("front:organisations", gettext_noop("Organisations")),
    Entry("front:about", gettext_noop("About")),
)
PERSON_MENU = (
    Entry("front:mine", gettext_noop("My page")),
    Entry("portfolio:staff", gettext_noop("Work with projects"), _in_team),
    Entry("portfolio:create", gettext_noop("New project"), _by(PORTFOLIO, "create")),
    Entry("portfolio:import", gettext_noop("Import from Excel"), _by(PORTFOLIO, "import")),
    Entry("applications:rounds", gettext_noop("Rounds"), _by(APPLICATIONS, "see_rounds")),
    Entry("guidance:mine", gettext_noop("Guidance"), _guided),
    Entry("visits:visits", gettext_noop("Visits to the site"), _by(VISITS, "keep_social")),
    Entry("events:desk", gettext_noop("Keep meetings"), _by(EVENTS, "keep_meetings")),
    Entry("newsletter:desk", gettext_noop("Write the newsletter"), _by(NEWSLETTER, "write")),
    Entry("assessment:desk", gettext_noop("Assessment"), _by(ASSESSMENT, "see_desk")),
    Entry("wagtailadmin_home", gettext_noop("Write in the knowledge bank"), _by(PAGES, "write")),
    Entry("comments:queue", gettext_noop("Comments to moderate"), _by(COMMENTS, "moderate")),
    Entry("forms:list", gettext_noop("Forms"), _by(FORMS, "build_forms")),
    Entry("shelf:list", gettext_noop("The shelf"), _by(SHELF, "see_shelf")),
    Entry("people:people", gettext_noop("People and roles"), _by(PEOPLE, "see_people")),
    Entry("mail:messages", gettext_noop("E-mail"), _by(MAIL, "see_mail")),
    Entry("audit:trail", gettext_noop("The trail"), _by(AUDIT, "see_trail")),
)
FOOTER_MENU = (
    Entry("front:about", gettext_noop("About Helsevev")),
    Entry("newsletter:archive", gettext_noop("Newsletter")),
    Entry("front:interface", gettext_noop("Data and programming interface")),
    Entry("front:accessibility", gettext_noop("Accessibility")),
    Entry("front:privacy", gettext_noop("Privacy")),
    Entry("front:cookies", gettext_noop("Cookies")),
)


def address(name: str) -> str:
    """The address with this name; empty where its room isn't installed."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def shown(entries: Iterable[Entry], person: Person, path: str) -> list[Item]:
    """The entries that exist here and that `person` may follow; the one that leads furthest to `path` is current."""
    items: list[Item] = [
        {"label": gettext(entry.label), "url": url, "current": False}
        for entry in entries
        if (url := address(entry.name)) and entry.allowed(person)
    ]
    under = [item for item in items if path.startswith(item["url"])]
    if under:
        max(under, key=lambda item: len(item["url"]))["current"] = True
    return items


def frame(request: HttpRequest) -> dict[str, object]:
    """Variables of the page frame; base.html says what each is. The editors' desk has a frame of its own."""
    if getattr(request, "at_desk", False):
        return {}
    person: Person = getattr(request, "person", Person())
    return {
        "menu": shown(MENU, person, request.path),
        "footer_menu": shown(FOOTER_MENU, person, request.path),
        "person_menu": shown(PERSON_MENU, person, request.path) if person.is_known else [],
        "search_url": address("search:search") or address("portfolio:list"),
        "projects_url": address("portfolio:list"),
        "organisations_url": address("front:organisations"),
        "sign_in_url": address("account_login"),
        "sign_out_url": address("account_logout"),
        "head_links": head_links(),
        "demo_mode": settings.DEMO,
    }


# --- What the rooms offer --------------------------------------------------------------------------------------------
@cache
def rooms() -> tuple[ModuleType, ...]:
    """The panels of every installed room that has some."""
    rooms = [app for app in settings.INSTALLED_APPS if app.startswith("helsevev.") and app != "helsevev.front"]
    return tuple(import_module(f"{room}.panels") for room in rooms if find_spec(f"{room}.panels"))


def blocks() -> list[Block]:
    """What the rooms show on the front page, in their places."""
    language = get_language() or settings.LANGUAGE_CODE
    found = [block for room in rooms() if hasattr(room, "home") for block in room.home(language)]
    return sorted(found, key=lambda block: block.place)


def sections() -> list[Section]:
    """The rooms' open pages, for search engines."""
    return [section for room in rooms() if hasattr(room, "sections") for section in room.sections()]


def datasets() -> list[Dataset]:
    """Open data as files: for the page about it, and for those who gather descriptions of open data."""
    return [one for room in rooms() if hasattr(room, "datasets") for one in room.datasets()]


def kept_in_browser() -> list[Kept]:
    """All that is kept in readers' browsers, cookies first."""
    found = [one for room in rooms() if hasattr(room, "kept_in_browser") for one in room.kept_in_browser()]
    return sorted(found, key=lambda one: (list(Place).index(one.place), one.name))


def about_organisation(key: str, units: Mapping[str, str]) -> list[Block]:
    """What the rooms know of an organisation and its units (name by key), in their places."""
    language = get_language() or settings.LANGUAGE_CODE
    found = [
        block for room in rooms() if hasattr(room, "organisation") for block in room.organisation(key, units, language)
    ]
    return sorted(found, key=lambda block: block.place)


def organisation_counts() -> Counter[str]:
    """How much each organisation takes part in, over all rooms, by key."""
    found: Counter[str] = Counter()
    for room in rooms():
        if hasattr(room, "organisation_counts"):
            found.update(room.organisation_counts())
    return found


def pages_of(initiatives: Collection[str], person: Person) -> dict[str, str]:
    """The page of each initiative that this person may see, by key; the first room that has one shows it."""
    found: dict[str, str] = {}
    for room in rooms():
        if hasattr(room, "pages_of"):
            found = {**room.pages_of(initiatives, person), **found}
    return found


def head_links() -> list[Link]:
    """Feeds and search, told to every browser."""
    language = get_language() or settings.LANGUAGE_CODE
    found = [Link("manifest", "application/manifest+json", "Helsevev", reverse("machines:manifest"))]
    found += [link for room in rooms() if hasattr(room, "head_links") for link in room.head_links(language)]
    if address("portfolio:list"):
        kind = "application/opensearchdescription+xml"
        found.append(Link("search", kind, "Helsevev", address("front:opensearch")))
    return found
