"""The key of a day (dagsnøkkel): made at random, known to the processes of that day, and destroyed with it."""

import hmac
import secrets
from collections.abc import Callable
from datetime import date

from django.db import connection

from helsevev.network.visits.rules import SECRET

BYTES = 32


def visitor_key(day: date) -> Callable[[str, str], int]:
    """Makes a number of an internet address and a browser that only this day's key can make again."""
    secret = bytes.fromhex(_secret(day))

    def made(address: str, agent: str) -> int:
        told = hmac.digest(secret, f"{address}\n{agent}".encode("utf-8", "replace"), "sha256")
        return int.from_bytes(told[:8], signed=True)

    return made


def _secret(day: date) -> str:
    """The day's key; the first process that asks makes it."""
    with connection.cursor() as cursor:
        found = f"SELECT secret FROM {SECRET} WHERE day = %s"  # noqa: S608 our own name
        cursor.execute(found, [day])
        row = cursor.fetchone()
        if row is None:
            cursor.execute(
                f"INSERT INTO {SECRET} (day, secret) VALUES (%s, %s) ON CONFLICT (day) DO NOTHING",  # noqa: S608
                [day, secrets.token_hex(BYTES)],
            )
            cursor.execute(found, [day])
            row = cursor.fetchone()
    return str(row[0])
