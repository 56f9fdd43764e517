"""How long the tables of packages are kept that we build on; our own tables say it themselves.

A room that has tables without a model, or of a package, names them in a `KEEPS` of its rules in the same way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from helsevev.core.keeping import Keeping

INSTALLATION = "the installation is closed"
ACCOUNT = "the account goes"

KEEPS: Mapping[str, Keeping] = {
    "django_migrations": Keeping(until=INSTALLATION),
    "django_content_type": Keeping(until=INSTALLATION),
    "auth_permission": Keeping(until=INSTALLATION),
    "auth_group": Keeping(until=INSTALLATION),
    "django_session": Keeping(
        until="it expires", personal=("session_key", "session_data"), days=0, counted_from="expire_date"
    ),
    "usersessions_usersession": Keeping(
        until="30 days after it was last used",
        personal=("user", "ip", "session_key", "user_agent", "data", "created_at", "last_seen_at"),
        days=30,
        counted_from="last_seen_at",
    ),
    "account_emailaddress": Keeping(until=ACCOUNT, personal=("user", "email", "verified", "primary")),
    "account_emailconfirmation": Keeping(
        until="three days after it was made", personal=("email_address", "key"), days=3, counted_from="created"
    ),
    "mfa_authenticator": Keeping(until=ACCOUNT, personal=("user", "type", "data", "created_at", "last_used_at")),
    "socialaccount_socialapp": Keeping(until=INSTALLATION),
    "socialaccount_socialaccount": Keeping(
        until=ACCOUNT, personal=("user", "provider", "uid", "last_login", "date_joined", "extra_data")
    ),
    "socialaccount_socialtoken": Keeping(until=ACCOUNT, personal=("account", "token", "token_secret", "expires_at")),
    "django_tasks_database_dbtaskresult": Keeping(
        until="14 days after it was done",
        personal=("args_kwargs", "return_value", "traceback"),
        days=14,
        counted_from="finished_at",
    ),
    "cache_entries": Keeping(until="it expires", personal=("cache_key", "value"), days=0, counted_from="expires"),
}


@dataclass(frozen=True)
class Kept:
    """One table as `check retention` shows it (oppbevaring)."""

    table: str
    keeping: Keeping | None
    rows: int
    over_time: int
    unknown: tuple[str, ...] = ()

    @property
    def faults(self) -> list[str]:
        """What is wrong with the promise itself; rows that are over time go with the next purge."""
        if self.keeping is None:
            return [f"{self.table}: no room says how long it is kept, nor whether it tells of persons"]
        return [f"{self.table}: its promise names the field '{name}', which it doesn't have" for name in self.unknown]


def keeping_for(table: str, promises: Mapping[str, Keeping]) -> Keeping | None:
    """The promise that covers a table; a name may hold * for the tables that a database makes beside an index."""
    if table in promises:
        return promises[table]
    return next((keeping for name, keeping in promises.items() if "*" in name and fnmatchcase(table, name)), None)
