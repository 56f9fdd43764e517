"""Who may do what with a pilot. An advisor counts as one only where they guide the project (guidance says who does)."""

from helsevev.commons.people.rules import Permission, Role, Table

GUIDES = frozenset({Role.ADVISOR, Role.SECRETARIAT})
LEADERS = frozenset({Role.PROJECT_LEADER})
TEAM = LEADERS | {Role.PROJECT_MEMBER}
SIGNERS = frozenset({Role.ORGANISATION_SIGNER})

PERMISSIONS: Table = {
    # Of all parties:
    "see": Permission(anywhere=GUIDES, in_own=TEAM | SIGNERS),
    "write": Permission(anywhere=GUIDES, in_own=TEAM),
    "offer": Permission(anywhere=GUIDES, in_own=LEADERS),
    "count": Permission(in_own=TEAM),
    "give_result": Permission(in_own=LEADERS),
    # Of one party:
    "sign": Permission(in_own=SIGNERS),
}
