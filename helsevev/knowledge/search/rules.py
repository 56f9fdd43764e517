"""What may be asked, what is kept of it, and who tends the word lists. Pure."""

import re
from collections.abc import Collection, Mapping
from typing import ClassVar

from helsevev.core import choosing
from helsevev.core.asked import Params
from helsevev.core.roles import Permission, Role, Table
from helsevev.core.words import gettext_noop

EDITORS = frozenset({Role.EDITOR, Role.SECRETARIAT, Role.ADMINISTRATOR})
PERMISSIONS: Table = {"tend_words": Permission(anywhere=EDITORS)}

KIND = "kind_of_document"
KINDS: Mapping[str, str] = {
    "project": gettext_noop("Projects"),
    "page": gettext_noop("Pages"),
    "organisation": gettext_noop("Organisations"),
    "meeting": gettext_noop("Meetings"),
    "tool": gettext_noop("Tools"),
    "file": gettext_noop("Files"),
}
# What one hit of a kind is called.
ONE: Mapping[str, str] = {
    "project": gettext_noop("Project"),
    "page": gettext_noop("Page"),
    "organisation": gettext_noop("Organisation"),
    "meeting": gettext_noop("Meeting"),
    "tool": gettext_noop("Tool"),
    "file": gettext_noop("File"),
}
FACETS: Mapping[str, str] = {
    KIND: gettext_noop("Kind"),
    "patient_group": gettext_noop("Patient group"),
    "theme": gettext_noop("Theme"),
    "region": gettext_noop("Health region"),
}
VOCABULARIES = {"patient_group": "patient_group", "theme": "theme", "region": "health_region"}
PAGES = 20
PER_PAGE = 20
# Longer texts are no search, and what may be a person's address, number or account is never written down.
LONGEST_KEPT = 60
PERSONAL = re.compile(r"@|\d[\d\s-]{4,}\d|\bhttps?:|www\.", re.IGNORECASE)
# How often something must have been asked before an editor sees it: once may be a name.
SHOWN_FROM = 2


class Choices(choosing.Choices):
    """What is chosen on the search page."""

    names: ClassVar = tuple(FACETS)


def read(params: Params) -> Choices:
    """What an address asks for; what can't be is left out."""
    return Choices.read(params, last_page=PAGES)


def keepable(text: str) -> str:
    """What of a query may be written down: small letters, or nothing when it may tell of a person."""
    kept = " ".join(text.casefold().split())
    return "" if len(kept) > LONGEST_KEPT or PERSONAL.search(kept) else kept


def corrected(text: str, meant: Mapping[str, str]) -> str:
    """A query with the words that it was taken for; empty when nothing was misspelt."""
    if not meant:
        return ""
    return " ".join(meant.get(word.casefold(), word) for word in text.split())


def named(kinds: Collection[str]) -> list[str]:
    """Kinds in the order in which they are shown, those without a name last."""
    return [*(kind for kind in KINDS if kind in kinds), *sorted(set(kinds) - KINDS.keys())]
