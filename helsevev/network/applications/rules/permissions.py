"""Who may do what with rounds and applications."""

from helsevev.commons.people.rules import Permission, Role, Table

KEEPERS = frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR})
LEADERS = frozenset({Role.PROJECT_LEADER})
SIGNERS = frozenset({Role.ORGANISATION_SIGNER})

# "own" means for an application: an organisation that takes part in it, and for taking over the one that owns it.
PERMISSIONS: Table = {
    "see_call": Permission(everyone=True),
    "follow_calls": Permission(everyone=True),
    "see_rounds": Permission(anywhere=KEEPERS),
    "edit_round": Permission(anywhere=KEEPERS),
    "publish_round": Permission(anywhere=KEEPERS),
    "close_round": Permission(anywhere=KEEPERS),
    "edit_workflow": Permission(anywhere=KEEPERS),
    "start": Permission(in_own=LEADERS),
    "see_draft": Permission(in_own=SIGNERS),
    "confirm": Permission(in_own=SIGNERS),
    "take_over": Permission(in_own=LEADERS),
}
