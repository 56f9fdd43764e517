"""Whether the installation does its work, and whether its database keeps what it says it has kept. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from helsevev.core.words import Refusal, gettext_noop

BEAT_SECONDS = 15
SILENT_AFTER = timedelta(seconds=90)
FORGOTTEN_AFTER = timedelta(minutes=10)

# A commit that was answered for must survive power loss; each setting with the values that keep that.
DURABLE_POSTGRESQL: Mapping[str, frozenset[str]] = {
    "fsync": frozenset({"on"}),
    "full_page_writes": frozenset({"on"}),
    "synchronous_commit": frozenset({"on", "local", "remote_write", "remote_apply"}),
}
DURABLE_SQLITE: Mapping[str, frozenset[str]] = {
    "synchronous": frozenset({"2", "3"}),
    "journal_mode": frozenset({"wal", "delete", "truncate", "persist"}),
}


def undurable(found: Mapping[str, str], wanted: Mapping[str, frozenset[str]]) -> list[Refusal]:
    """Each database setting under which an answered commit can be lost, and what to set."""
    return [
        Refusal(
            gettext_noop(
                "The database setting %(name)s is %(found)s; answered changes can be lost. Set it to %(want)s."
            ),
            {"name": name, "found": found.get(name, "?"), "want": " / ".join(sorted(values))},
        )
        for name, values in wanted.items()
        if found.get(name, "").lower() not in values
    ]


def worker_silent(last_beat: datetime | None, now: datetime) -> str | None:
    """Why the background worker doesn't count as running; None when it does."""
    if last_beat is None:
        return "the background worker has not been seen"
    if now - last_beat > SILENT_AFTER:
        return f"the background worker was last seen at {last_beat:%Y-%m-%d %H:%M:%S} UTC"
    return None
