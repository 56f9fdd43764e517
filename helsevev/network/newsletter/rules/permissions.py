"""Who may do what with the newsletter. A subscriber acts by the link in their letter, and only for themselves."""

from helsevev.commons.people.rules import Permission, Role, Table

WRITERS = frozenset({Role.SECRETARIAT, Role.EDITOR})

PERMISSIONS: Table = {
    "read": Permission(everyone=True),
    "subscribe": Permission(everyone=True),
    "write": Permission(anywhere=WRITERS),
    "send": Permission(anywhere=frozenset({Role.SECRETARIAT})),
    "see_figures": Permission(anywhere=WRITERS | {Role.ADMINISTRATOR}),
}
