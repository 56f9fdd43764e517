"""Whether the database still refuses to change the ledger, and whether this role could make it stop."""

from django.conf import settings
from django.db import connection

from helsevev.core.words import gettext_noop

TABLES = ("guidance_hourline", "guidance_houranswer")
OPEN = gettext_noop("%(table)s can be changed: its trigger is missing or switched off.")
RIGHTS = gettext_noop("The role %(role)s may change or delete rows of %(table)s. As its owner, run: helsevev prepare")


def faults() -> list[str]:
    """What is wrong, in words; nothing where all is as it should be."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("SELECT tbl_name, count(*) FROM sqlite_master WHERE type = 'trigger' GROUP BY tbl_name")
            found = dict(cursor.fetchall())
            return [OPEN % {"table": table} for table in TABLES if found.get(table, 0) < 2]
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND t.tgenabled = 'O' AND t.tgname = c.relname || '_stands'"
        )
        guarded = {name for (name,) in cursor.fetchall()}
        found_faults = [OPEN % {"table": table} for table in TABLES if table not in guarded]
        cursor.execute("SELECT current_user")
        role = cursor.fetchone()[0]
        if role == settings.DATABASE_APP_ROLE:
            for table in TABLES:
                cursor.execute("SELECT has_table_privilege(%s, 'UPDATE, DELETE, TRUNCATE')", [table])
                if cursor.fetchone()[0]:
                    found_faults.append(RIGHTS % {"role": role, "table": table})
    return found_faults
