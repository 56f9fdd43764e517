"""Who may do what in a project's workspace.

Each check is asked with the organisations it is about: all parties of the initiative, or the one party on whose behalf
something is written or signed.
"""

from helsevev.commons.people.rules import Permission, Role, Table

GUIDES = frozenset({Role.ADVISOR, Role.SECRETARIAT})
READERS = GUIDES
LEADERS = frozenset({Role.PROJECT_LEADER})
TEAM = LEADERS | {Role.PROJECT_MEMBER}
SIGNERS = frozenset({Role.ORGANISATION_SIGNER})
TAKING_PART = TEAM | SIGNERS

PERMISSIONS: Table = {
    # Of all parties:
    "see": Permission(anywhere=READERS, in_own=TAKING_PART),
    "write": Permission(anywhere=GUIDES, in_own=TEAM),
    "run_gate": Permission(anywhere=frozenset({Role.SECRETARIAT}), in_own=LEADERS),
    "propose_words": Permission(anywhere=GUIDES, in_own=TEAM),
    # Of one party:
    "define": Permission(in_own=TAKING_PART),
    "approve": Permission(in_own=TAKING_PART),
    "sign": Permission(in_own=SIGNERS),
}
