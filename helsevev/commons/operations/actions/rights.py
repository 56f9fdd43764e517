"""What the application's own database role may do (rettigheter), where tables belong to another one.

Whoever owns a table can take its triggers away. So in production migrations run as an owner, and the application as a
role that may read and write, but may neither change nor delete a row of a table that only grows.
"""

from django.conf import settings
from django.db import connection

from helsevev.commons.operations.queries import tables

READ_AND_WRITE = "SELECT, INSERT, UPDATE, DELETE"
NEVER_HERE = "UPDATE, DELETE, TRUNCATE"


def grant(role: str = "") -> int:
    """Give the application's role what it needs and no more; how many tables it may read and write."""
    wanted = role or settings.DATABASE_APP_ROLE
    if connection.vendor != "postgresql" or not wanted:
        return 0
    quote = connection.ops.quote_name
    to = quote(wanted)
    with connection.cursor() as cursor:
        every = connection.introspection.table_names(cursor)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {to}")
        for table in every:
            cursor.execute(f"GRANT {READ_AND_WRITE} ON {quote(table)} TO {to}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {to}")
        for table in tables.append_only():
            if table in every:
                cursor.execute(f"REVOKE {NEVER_HERE} ON {quote(table)} FROM {to}, PUBLIC")
    return len(every)
