"""Who may do what with price cases.

An economist (økonom) is whoever has a project role in the organisation that owns the centre; its project leader is the
centre's manager (senterleder). A municipal manager (kommuneleder) has a role in a municipality that takes part: she
sees what it all costs and her own bills, and changes nothing. Each check is asked with the organisations it is about:
the owner's key alone, the owner's and the partners', or one partner's.
"""

from helsevev.commons.people.rules import Permission, Role, Table

READERS = frozenset({Role.SECRETARIAT, Role.ADVISOR, Role.ADMINISTRATOR})
KEEPERS = frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR})
TEAM = frozenset({Role.PROJECT_LEADER, Role.PROJECT_MEMBER})
LEADERS = frozenset({Role.PROJECT_LEADER})
SIGNERS = frozenset({Role.ORGANISATION_SIGNER})
TAKING_PART = TEAM | SIGNERS

PERMISSIONS: Table = {
    "compare": Permission(everyone=True),
    # Of the owner and all partners:
    "see": Permission(anywhere=READERS, in_own=TAKING_PART),
    # Of the owner alone:
    "create": Permission(in_own=TEAM),
    "edit": Permission(in_own=TEAM),
    "see_history": Permission(anywhere=READERS, in_own=TEAM),
    "report_actuals": Permission(in_own=TEAM),
    "offer_price_list": Permission(in_own=LEADERS),
    "settle": Permission(in_own=LEADERS),
    "see_all_bills": Permission(anywhere=READERS, in_own=TAKING_PART),
    "put_on_shelf": Permission(in_own=LEADERS),
    # Of one partner:
    "see_own_bill": Permission(in_own=TAKING_PART),
    "sign": Permission(in_own=SIGNERS),
    # Of no organisation:
    "import_population": Permission(anywhere=KEEPERS),
    "put_series": Permission(anywhere=KEEPERS),
}
