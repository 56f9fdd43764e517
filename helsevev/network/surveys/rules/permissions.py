"""Who may do what with surveys."""

from helsevev.commons.people.rules import Permission, Role, Table

KEEPERS = frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR})
LEADERS = frozenset({Role.PROJECT_LEADER})

PERMISSIONS: Table = {
    # Whoever has the link answers; whoever comes by reads what is published.
    "answer": Permission(everyone=True),
    "see_results": Permission(everyone=True),
    # The network's own surveys:
    "keep": Permission(anywhere=KEEPERS),
    # A project's own survey, of all its parties:
    "keep_project": Permission(anywhere=KEEPERS, in_own=LEADERS),
}
