"""Who may see and keep what, and how long what is counted in the day lasts."""

from collections.abc import Mapping

from helsevev.commons.people.rules import Permission, Role, Table
from helsevev.core.keeping import Keeping

KEEPERS = frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR, Role.EDITOR})

PERMISSIONS: Table = {
    "see": Permission(everyone=True),
    "see_other_sites": Permission(anywhere=KEEPERS),
    "keep_social": Permission(anywhere=KEEPERS),
}
SEEN, SECRET = "visits_seen", "visits_secret"
# Two tables without a model, so that no backup ever holds them.
KEEPS: Mapping[str, Keeping] = {
    SEEN: Keeping(until="the day is closed, at the latest half an hour after midnight", personal=("visitor",)),
    SECRET: Keeping(until="the day is closed, at the latest half an hour after midnight", personal=("secret",)),
}
