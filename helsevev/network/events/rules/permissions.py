"""Who may do what with meetings. Whoever has registered acts by the link in their letter, and only for themselves."""

from helsevev.commons.people.rules import Permission, Role, Table

PERMISSIONS: Table = {
    "see": Permission(everyone=True),
    "register": Permission(everyone=True),
    "keep_meetings": Permission(anywhere=frozenset({Role.SECRETARIAT, Role.EDITOR})),
    "see_participants": Permission(anywhere=frozenset({Role.SECRETARIAT})),
}
