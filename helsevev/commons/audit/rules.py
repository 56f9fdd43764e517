"""What a line of the trail may say, and who may read it. Pure."""

import json
from collections.abc import Mapping

from helsevev.core.roles import Permission, Role, Table

PERMISSIONS: Table = {"see_trail": Permission(anywhere=frozenset({Role.ADMINISTRATOR}))}

LONGEST = {"actor": 60, "verb": 60, "kind": 60, "key": 200}


class OnlyGrows(TypeError):
    """The trail is written by `record` alone; nothing changes or deletes a line."""


def written(detail: Mapping[str, object]) -> str:
    """The detail as it is sealed and stored; dates and keys become text."""
    text = json.dumps(detail, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str, allow_nan=False)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def too_long(words: Mapping[str, str]) -> str | None:
    """The name of the first word that doesn't fit its column; SQLite would take it and PostgreSQL refuse."""
    return next((name for name, word in words.items() if len(word) > LONGEST[name]), None)
