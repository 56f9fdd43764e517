"""Who may do what in the portfolio."""

from helsevev.commons.people.rules import STAFF, Permission, Role, Table

KEEPERS = frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR})
LEADERS = frozenset({Role.PROJECT_LEADER})
TEAM = frozenset({Role.PROJECT_LEADER, Role.PROJECT_MEMBER})

PERMISSIONS: Table = {
    "see": Permission(everyone=True),
    "see_drafts": Permission(anywhere=STAFF, in_own=TEAM),
    "see_history": Permission(anywhere=STAFF, in_own=TEAM),
    "create": Permission(anywhere=KEEPERS),
    "edit": Permission(anywhere=KEEPERS | {Role.ADVISOR}, in_own=LEADERS),
    "log": Permission(anywhere=KEEPERS | {Role.ADVISOR}, in_own=TEAM),
    "publish": Permission(anywhere=KEEPERS),
    "withdraw": Permission(anywhere=KEEPERS),
    "import": Permission(anywhere=KEEPERS),
}


def needed(fields: frozenset[str]) -> frozenset[str]:
    """The permissions that a change of these fields asks for."""
    asked = set()
    if "published" in fields:
        asked |= {"publish", "withdraw"}
    if "log" in fields:
        asked.add("log")
    if fields - {"published", "log"}:
        asked.add("edit")
    return frozenset(asked)
