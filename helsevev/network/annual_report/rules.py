"""Who may do what with the annual report."""

from helsevev.commons.people.rules import Permission, Role, Table

KEEPERS = frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR})

PERMISSIONS: Table = {
    "see": Permission(everyone=True),
    "write_foreword": Permission(anywhere=KEEPERS | {Role.EDITOR}),
    "publish": Permission(anywhere=KEEPERS),
}
LANGUAGES = ("nb", "nn", "en")
